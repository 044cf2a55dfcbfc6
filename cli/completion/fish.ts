import type { ValueKind } from '../table/options.ts';
import type { Words } from '../words.ts';
import { type Context, commandsTold, contextsOf, fixedWords, isLive } from './contexts.ts';

/** Completion for fish 3 and newer. */
export function fishScript(words: Words): string {
  const commands = commandsTold(words);
  const contexts = contextsOf(words);
  return `# beckon completion for fish
function __beckon_at
    set -l plain (string match -v -- '-*' (commandline -opc))
    test (count $plain) -gt (count $argv); or return 1
    for at in (seq (count $argv))
        set -l place (math $at + 1)
        test "$plain[$place]" = "$argv[$at]"; or return 1
    end
end
function __beckon_alone
    test (count (string match -v -- '-*' (commandline -opc))) -eq 1
end
function __beckon_without_part
    test (count (string match -v -- '-*' (commandline -opc))) -eq 2
end
complete -c beckon -f
complete -c beckon -n __beckon_alone -s h -l help -d ${quoted(words.say('option.help'))}
complete -c beckon -n __beckon_alone -s v -l version -d ${quoted(words.say('option.version'))}
${commands.map(({ word, does }) => `complete -c beckon -n __beckon_alone -a ${word} -d ${quoted(does)}`).join('\n')}
${contexts.flatMap(linesOf).join('\n')}
`;
}

function linesOf({ path, options, parts, value }: Context): readonly string[] {
  const here = `complete -c beckon -n '__beckon_at ${path.join(' ')}${path.length === 1 && parts.length > 0 ? '; and __beckon_without_part' : ''}'`;
  const next = valueAfter(value);
  return [
    ...options.map(({ long, short, value: kind, alone, does }) => {
      const spelt = `${short === undefined ? '' : `-s ${short.slice(1)} `}-l ${long.slice(2)}`;
      const after = kind === undefined || alone ? '' : ` -r${valueAfter(kind) ?? ' -f'}`;
      return `${here} ${spelt}${after} -d ${quoted(does)}`;
    }),
    ...parts.map(({ word, does }) => `${here} -a ${word} -d ${quoted(does)}`),
    ...(next === null ? [] : [`${here}${next}`]),
  ];
}

function valueAfter(kind: ValueKind | null): string | null {
  if (isLive(kind)) return ` -f -k -a '(command beckon complete ${kind} 2>/dev/null)'`;
  if (kind === 'path') return ' -F';
  const fixed = fixedWords(kind);
  return fixed.length > 0 ? ` -a ${quoted(fixed.join(' '))}` : null;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
