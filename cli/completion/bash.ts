import type { ValueKind } from '../table/options.ts';
import type { Words } from '../words.ts';
import { type Context, commandsTold, contextsOf, fixedWords, isLive, spellingsWithValue } from './contexts.ts';

/** What fills COMPREPLY: values that Beckon tells, words that are known, names of files. */
const helpers = `_beckon_values() {
  local value about shown=()
  while IFS=$'\\t' read -r value about; do
    [[ $value == "$typed"* ]] || continue
    if [[ $current == [\\"\\']* ]]; then COMPREPLY+=("$value"); else COMPREPLY+=("$(printf %q "$value")"); fi
    shown+=("$value  ($about)")
  done < <(command beckon complete "$1" 2>/dev/null)
  # Numbers tell nothing: several stand there with what they are.
  [[ $1 == chat && \${#COMPREPLY[@]} -gt 1 ]] && COMPREPLY=("\${shown[@]}")
  # What is before a colon is left alone by readline.
  if [[ $typed == *:* ]]; then
    local at head=\${typed%"\${typed##*:}"}
    for at in "\${!COMPREPLY[@]}"; do COMPREPLY[at]=\${COMPREPLY[at]#"$head"}; done
  fi
}
_beckon_words() {
  local word
  for word in "$@"; do [[ $word == "$current"* ]] && COMPREPLY+=("$word"); done
}
_beckon_files() {
  local IFS=$'\\n'
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen -f -- "$current"))
}
`;

/** Completion for bash 4 and newer; it needs no other package. */
export function bashScript(words: Words): string {
  const contexts = contextsOf(words);
  const commands = commandsTold(words).map(({ word }) => word);
  const valued = contexts.flatMap(({ options }) => options.filter(({ value, alone }) => value !== undefined && !alone));
  const byKind = new Map(valued.map(({ long, short, value }) => [short ? `${long}|${short}` : long, value]));
  return `# beckon completion for bash
${helpers}_beckon() {
  COMPREPLY=()
  local current=\${COMP_WORDS[COMP_CWORD]} typed previous command= part= at word last=$COMP_CWORD
  # bash makes words of what is around a colon.
  local line=\${COMP_LINE:0:COMP_POINT}
  while ((last > 1)) && [[ $current == :* || \${COMP_WORDS[last-1]} == : ]] && [[ $line == *"\${COMP_WORDS[last-1]}$current" ]]; do
    ((last--))
    current=\${COMP_WORDS[last]}$current
  done
  typed=\${current#[\\"\\']}
  typed=\${typed//\\\\/}
  previous=\${COMP_WORDS[last-1]}
  for ((at = 1; at < last; at++)); do
    word=\${COMP_WORDS[at]}
    case $word in
      ${spellingsWithValue().join('|')}) ((at++)) ;;
      -*) ;;
      *) if [[ -z $command ]]; then command=$word; elif [[ -z $part ]]; then part=$word; fi ;;
    esac
  done
  case $previous in
${[...byKind].map(([spelt, kind]) => `    ${spelt}) ${completer(kind)}; return ;;`).join('\n')}
  esac
  if [[ -z $command ]]; then
    _beckon_words ${commands.join(' ')} --help --version
    return
  fi
  case "$command $part" in
${contexts
  .toSorted((one, other) => other.path.length - one.path.length)
  .map(caseOf)
  .join('\n')}
  esac
}
complete -F _beckon beckon
`;
}

function caseOf({ path, options, parts, value }: Context): string {
  const spelt = options.flatMap(({ long, short }) => (short === undefined ? [long] : [long, short]));
  const pattern = path.length === 2 ? `"${path.join(' ')}"` : `"${path[0]} "*`;
  const next = parts.length > 0 ? `_beckon_words ${parts.map(({ word }) => word).join(' ')}` : completer(value);
  // A command without parts takes one word, whatever it is.
  return `    ${pattern}) if [[ $current == -* ]]; then _beckon_words ${spelt.join(' ')}; else ${next}; fi ;;`;
}

function completer(kind: ValueKind | undefined | null): string {
  if (isLive(kind)) return `_beckon_values ${kind}`;
  if (kind === 'path') return '_beckon_files';
  const fixed = fixedWords(kind ?? null);
  return fixed.length > 0 ? `_beckon_words ${fixed.join(' ')}` : ':';
}
