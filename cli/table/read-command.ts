import { type Options, readArguments } from '../arguments.ts';
import {
  type CommandName,
  type CommandRow,
  commandNames,
  commandRow,
  everywhere,
  isCommand,
  partOf,
} from './commands.ts';
import { nearest } from './nearest.ts';
import { type OptionName, optionNames, optionRow } from './options.ts';

/** What is wrong with a command line: the key of its sentence under `cli.wrong`, and what was most likely meant. */
export interface WrongUse {
  readonly what: 'option' | 'option-here' | 'command' | 'part' | 'missing' | 'too-many';
  readonly values: Readonly<Record<string, string>>;
  readonly meant: string | null;
}

export type Command =
  | { readonly kind: 'version' }
  | { readonly kind: 'help'; readonly name: CommandName | null }
  | { readonly kind: 'wrong'; readonly wrong: WrongUse }
  | {
      readonly kind: 'command';
      readonly name: CommandName;
      /** The word that chooses a part of it, such as `get` of `models get`. */
      readonly part: string | null;
      readonly args: readonly string[];
      readonly options: Options;
    };

/** Reads a command line by the table of commands. */
export function readCommand(argv: readonly string[]): Command {
  const read = readArguments(argv);
  if (!read.ok) return wrongOption(read.argument);
  const { options, given, words } = read;
  const [name, ...args] = words;
  if (options.version) return { kind: 'version' };
  if (name === undefined) return { kind: 'help', name: null };
  if (!isCommand(name)) {
    if (options.help) return { kind: 'help', name: null };
    return wrong('command', { command: name }, nearest(name, commandNames));
  }
  if (options.help) return { kind: 'help', name };
  if (name === 'help') return helpOf(args[0]);
  return checked(name, args, options, given);
}

function helpOf(name: string | undefined): Command {
  if (name === undefined || isCommand(name)) return { kind: 'help', name: name ?? null };
  return wrong('command', { command: name }, nearest(name, commandNames));
}

function checked(name: CommandName, words: readonly string[], options: Options, given: readonly OptionName[]): Command {
  const whole = commandRow(name);
  const part = partOf(whole, words[0]);
  if (part === null && whole.parts !== undefined && words[0] !== undefined)
    return wrong('part', { command: name, part: words[0] }, nearest(words[0], Object.keys(whole.parts)));
  const row = part ?? whole;
  const args = part === null ? words : words.slice(1);
  const called = part === null ? name : `${name} ${words[0] ?? ''}`;
  const strange = given.find((option) => ![...(row.options ?? []), ...everywhere].includes(option));
  if (strange !== undefined) return wrong('option-here', { argument: optionRow(strange).long, command: called }, null);
  const miscounted = miscount(row, args, called);
  if (miscounted !== null) return miscounted;
  return { kind: 'command', name, part: part === null ? null : (words[0] ?? null), args, options };
}

/** Words are joined where words are meant; elsewhere one stands there, or none. */
function miscount({ argument }: CommandRow, args: readonly string[], command: string): Command | null {
  if (argument === undefined) return args[0] === undefined ? null : wrong('too-many', { command, word: args[0] }, null);
  if (argument.kind === 'question' || argument.kind === 'words') return null;
  if (args[0] === undefined && argument.may === undefined)
    return wrong('missing', { command, kind: argument.kind }, null);
  return args[1] === undefined ? null : wrong('too-many', { command, word: args[1] }, null);
}

function wrongOption(argument: string): Command {
  const [spelt = ''] = argument.split('=', 1);
  const known = optionNames.map((name) => optionRow(name).long);
  return wrong('option', { argument }, spelt.startsWith('--') ? nearest(spelt, known) : null);
}

function wrong(what: WrongUse['what'], values: WrongUse['values'], meant: string | null): Command {
  return { kind: 'wrong', wrong: { what, values, meant } };
}
