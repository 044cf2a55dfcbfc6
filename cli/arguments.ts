export interface Options {
  readonly help: boolean;
  readonly version: boolean;
  readonly json: boolean;
  /** True for `doctor --capture`: the ways to other applications are tried instead. */
  readonly capture: boolean;
  readonly model: string | null;
  /** Paths, addresses and `-`, as they were given. */
  readonly files: readonly string[];
}

export type Arguments =
  | { readonly ok: true; readonly options: Options; readonly words: readonly string[] }
  /** Looks like an option and is none. */
  | { readonly ok: false; readonly argument: string };

type Flag = 'help' | 'version' | 'json' | 'capture';
const flags: Readonly<Record<string, Flag>> = {
  '--help': 'help',
  '-h': 'help',
  '--version': 'version',
  '-v': 'version',
  '--json': 'json',
  '--capture': 'capture',
};
const withValue: Readonly<Record<string, 'model' | 'file'>> = {
  '--model': 'model',
  '-m': 'model',
  '--file': 'file',
  '-f': 'file',
};

/**
 * Reads a command line. An option may stand anywhere before `--`, and takes whatever comes next as its value. What begins
 * with a hyphen but can be no option, such as `-5` or `- item`, is a word like any other.
 */
export function readArguments(argv: readonly string[]): Arguments {
  const set = new Set<Flag>();
  const values: Record<'model' | 'file', string[]> = { model: [], file: [] };
  const words: string[] = [];
  const rest = [...argv];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (argument === '--') {
      words.push(...rest.splice(0));
      continue;
    }
    if (!looksLikeOption(argument)) {
      words.push(argument);
      continue;
    }
    const [name, attached] = split(argument);
    const flag = Object.hasOwn(flags, name) ? flags[name] : undefined;
    const option = Object.hasOwn(withValue, name) ? withValue[name] : undefined;
    const value = option === undefined ? undefined : (attached ?? rest.shift());
    if (flag !== undefined && attached === undefined) set.add(flag);
    else if (option !== undefined && value !== undefined) values[option].push(value);
    else return { ok: false, argument };
  }
  const { model, file: files } = values;
  const has = (flag: Flag) => set.has(flag);
  const options = { help: has('help'), version: has('version'), json: has('json'), capture: has('capture') };
  return { ok: true, words, options: { ...options, model: model.at(-1) ?? null, files } };
}

/** A hyphen and a letter, without white space before a value: no sentence and no number begins so. */
function looksLikeOption(argument: string): boolean {
  return /^--?[a-z]/i.test(argument) && !/\s/.test(argument.split('=', 1)[0] ?? '');
}

/** `--model=x` and `-mx` have their value with them. */
function split(argument: string): [string, string | undefined] {
  if (argument.startsWith('--')) {
    const at = argument.indexOf('=');
    return at < 0 ? [argument, undefined] : [argument.slice(0, at), argument.slice(at + 1)];
  }
  return argument.length === 2 ? [argument, undefined] : [argument.slice(0, 2), argument.slice(2)];
}
