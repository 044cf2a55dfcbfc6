import type { OptionRow, ValueKind } from '../table/options.ts';
import type { Words } from '../words.ts';
import { type Context, commandsTold, contextsOf, fixedWords, isLive, type Told } from './contexts.ts';

/** Completion for zsh; by eval, or as the file `_beckon` in a folder of `$fpath`. */
export function zshScript(words: Words): string {
  const contexts = contextsOf(words);
  const whole = contexts.filter(({ path }) => path.length === 1);
  return `#compdef beckon
# beckon completion for zsh
_beckon_values() {
  local -a values shown
  local value about
  while IFS=$'\\t' read -r value about; do
    values+=("$value")
    shown+=("$value  $about")
  done < <(command beckon complete $1 2>/dev/null)
  compadd -l -d shown -a values
}
_beckon() {
  local context state state_descr line ret=1
  typeset -A opt_args
  _arguments -C '(- *)'{-h,--help}${bracketed(words.say('option.help'))} '(- *)'{-v,--version}${bracketed(words.say('option.version'))} '1: :->command' '*:: :->rest' && ret=0
  case $state in
    command)
      local -a commands
      commands=(${described(commandsTold(words))})
      _describe -t commands command commands && ret=0 ;;
    rest)
      case $words[1] in
${whole.map((context) => caseOf(context, contexts)).join('\n')}
      esac ;;
  esac
  return ret
}
if [[ $funcstack[1] == _beckon ]]; then
  _beckon "$@"
elif (( $+functions[compdef] )); then
  compdef _beckon beckon
fi
`;
}

function caseOf(context: Context, all: readonly Context[]): string {
  const { path, parts } = context;
  const [command = ''] = path;
  if (parts.length === 0) return `        ${command}) _arguments -S ${argumentsOf(context)} && ret=0 ;;`;
  const inner = all.filter((other) => other.path.length === 2 && other.path[0] === command);
  return `        ${command})
          local -a parts
          parts=(${described(parts)})
          if (( CURRENT == 2 )) && [[ $PREFIX != -* ]]; then
            _describe -t parts part parts && ret=0
          else
            case $words[2] in
${inner.map((part) => `              ${part.path[1]}) shift words; (( CURRENT-- )); _arguments -S ${argumentsOf(part)} && ret=0 ;;`).join('\n')}
              *) _arguments -S ${argumentsOf(context)} && ret=0 ;;
            esac
          fi ;;`;
}

function argumentsOf({ options, value }: Context): string {
  const kind = value === 'question' || value === 'words' ? [] : value === null ? [] : [quoted(`1: :${action(value)}`)];
  return [...options.map(optionOf), ...kind].join(' ');
}

function optionOf({ long, short, value, alone, does }: OptionRow & { readonly does: string }): string {
  const after = value === undefined ? '' : alone ? `=-:: :${action(value)}` : `: :${action(value)}`;
  const brackets = `[${escaped(does)}]`;
  const spelt = (name: string) => {
    if (alone)
      return quoted(name === long ? `${name}=-${brackets}:: :${action(value ?? 'words')}` : `${name}${brackets}`);
    return quoted(`*${name}${brackets}${after}`);
  };
  return short === undefined ? spelt(long) : `${spelt(long)} ${spelt(short)}`;
}

function action(kind: ValueKind): string {
  // With a space before it, nothing is put between its name and its argument.
  if (isLive(kind)) return ` _beckon_values ${kind}`;
  if (kind === 'path') return '_files';
  const fixed = fixedWords(kind);
  return fixed.length > 0 ? `(${fixed.join(' ')})` : ' ';
}

function described(words: readonly Told[]): string {
  return words.map(({ word, does }) => quoted(`${word}:${does.replaceAll(':', '\\:')}`)).join(' ');
}

function bracketed(text: string): string {
  return quoted(`[${escaped(text)}]`);
}

function escaped(text: string): string {
  return text.replaceAll(/[[\]:\\]/g, '\\$&');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
