import { type OptionName, optionNames, optionRow } from './table/options.ts';

export interface Options {
  readonly help: boolean;
  readonly version: boolean;
  readonly json: boolean;
  /** True for an answer as the model wrote it, drawn nowhere. */
  readonly raw: boolean;
  /** True for `doctor --capture`: the ways to other applications are tried instead. */
  readonly capture: boolean;
  /** By id or by the name that is printed. */
  readonly model: string | null;
  /** Paths, addresses and `-`, as they were given. */
  readonly files: readonly string[];
  /** The chat to go on with: its number or id, empty for the newest; null for a new one. */
  readonly goesOn: string | null;
  readonly name: string | null;
  /** True for `receipts export --otel`. */
  readonly otel: boolean;
  /** Agreed beforehand that a question goes, where it would be shown first. */
  readonly send: boolean;
  /** Where a file is written. */
  readonly to: string | null;
  /** Ids with commas between, of those that are taken out of several. */
  readonly only: string | null;
  /** The hash of all that a folder holds, where it has to be that. */
  readonly pin: string | null;
  /** True for `atoms export --skill`. */
  readonly skill: boolean;
  /** True for `restore --replace`: what is there is kept beside. */
  readonly replace: boolean;
  /** Agreed beforehand: to this hash, or (empty) to whatever is told; null where it has to be asked. */
  readonly yes: string | null;
}

export const noOptions: Options = {
  ...{ help: false, version: false, json: false, raw: false, capture: false, otel: false, replace: false, send: false },
  ...{ skill: false },
  ...{ model: null, files: [], goesOn: null, name: null, to: null, only: null, pin: null, yes: null },
};

export type Arguments =
  | {
      readonly ok: true;
      readonly options: Options;
      /** Options that were given. */
      readonly given: readonly OptionName[];
      readonly words: readonly string[];
    }
  /** Looks like an option and is none. */
  | { readonly ok: false; readonly argument: string };

/**
 * Reads a command line. An option may stand anywhere before `--`, and takes whatever comes next as its value. What begins
 * with a hyphen but can be no option, such as `-5` or `- item`, is a word like any other.
 */
export function readArguments(argv: readonly string[]): Arguments {
  const values = new Map<OptionName, string[]>();
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
    const [spelt, attached] = split(argument);
    const name = optionNames.find((each) => [optionRow(each).long, optionRow(each).short].some((way) => way === spelt));
    const value = name === undefined ? undefined : valueFor(name, attached, rest);
    if (name === undefined || value === undefined) return { ok: false, argument };
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  return { ok: true, words, given: [...values.keys()], options: toOptions(values) };
}

/** Undefined where a value is missing, or where one is attached to a switch. */
function valueFor(name: OptionName, attached: string | undefined, rest: string[]): string | undefined {
  const { value, alone } = optionRow(name);
  if (value === undefined) return attached === undefined ? '' : undefined;
  return attached ?? (alone ? '' : rest.shift());
}

function toOptions(values: ReadonlyMap<OptionName, readonly string[]>): Options {
  const has = (name: OptionName) => values.has(name);
  const last = (name: OptionName) => values.get(name)?.at(-1) ?? null;
  return {
    ...{ help: has('help'), version: has('version'), json: has('json'), raw: has('raw'), capture: has('capture') },
    ...{ otel: has('otel'), replace: has('replace'), send: has('send'), skill: has('skill') },
    ...{ model: last('model'), files: values.get('file') ?? [], goesOn: last('continue'), name: last('name') },
    ...{ to: last('to'), only: last('only'), pin: last('pin'), yes: last('yes') },
  };
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
