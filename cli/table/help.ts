import { columnsOf } from '../drawing/cells.ts';
import { beside, wrap } from '../drawing/layout.ts';
import { type Line, type Piece, piece } from '../drawing/pieces.ts';
import type { Words } from '../words.ts';
import { type CommandName, type CommandRow, commandNames, commandRow, everywhere, partsOf } from './commands.ts';
import { type OptionName, optionRow } from './options.ts';

/** The widest that a help is set, however wide the screen. */
const mostColumns = 80;
const indent = 2;

/** A row of a list: how something is written, and what it does. */
interface Entry {
  readonly written: string;
  readonly does: string;
}

/** The help of Beckon, or of one command. */
export function helpLines(name: CommandName | null, words: Words, columns: number | null): readonly Line[] {
  const width = Math.min(columns ?? mostColumns, mostColumns);
  return name === null ? ofAll(words, width) : ofCommand(name, words, width);
}

function ofAll(words: Words, width: number): readonly Line[] {
  const commands = commandNames.map((name) => ({
    written: `beckon ${written(name, commandRow(name), words)}`,
    does: words.say(`command.${name}`),
  }));
  const rest = ['help.each', 'help.keys', 'help.codes'].flatMap((key) => ['', ...wrap(words.say(key), width)]);
  return [...wrap(words.say('help.intro'), width), '', ...list(commands, width), ...rest];
}

function ofCommand(name: CommandName, words: Words, width: number): readonly Line[] {
  const row = commandRow(name);
  const parts = partsOf(row).map(([part, inner]) => ({
    written: `beckon ${name} ${written(part, inner, words)}`,
    does: words.say(`part.${name}.${part}`),
  }));
  const options = [...new Set([row, ...partsOf(row).map(([, inner]) => inner)].flatMap(({ options = [] }) => options))];
  const more = words.more(name);
  return [
    [piece(`beckon ${written(name, row, words)}`, 'strong')],
    '',
    ...wrap(words.say(`command.${name}`), width),
    ...(parts.length === 0 ? [] : ['', ...list(parts, width)]),
    ...section(
      'help.options',
      [...options, ...everywhere].map((option) => ofOption(option, words)),
      words,
      width,
    ),
    ...(more === null ? [] : ['', ...wrap(more, width)]),
  ];
}

function section(title: string, entries: readonly Entry[], words: Words, width: number): readonly Line[] {
  return ['', [piece(words.say(title), 'strong')], ...list(entries, width)];
}

function ofOption(option: OptionName, words: Words): Entry {
  const { long, short, value, alone } = optionRow(option);
  const name = short === undefined ? `    ${long}` : `${short}, ${long}`;
  const word = value === undefined ? '' : words.say(`argument.${value}`);
  return {
    written: name + (value === undefined ? '' : alone ? `[=${word}]` : ` ${word}`),
    does: words.say(`option.${option}`),
  };
}

/** `ask [QUESTION]`, `models get MODEL`. */
function written(name: string, { argument, parts }: CommandRow, words: Words): string {
  if (parts !== undefined) return `${name} [${Object.keys(parts).join('|')}]`;
  if (argument === undefined) return name;
  const word = words.say(`argument.${argument.kind}`);
  return argument.may === undefined ? `${name} ${word}` : `${name} [${word}]`;
}

/** Two columns; what is written too long stands on a line of its own. */
function list(entries: readonly Entry[], width: number): readonly (readonly Piece[])[] {
  const widths = entries.map(({ written }) => columnsOf(written)).filter((columns) => columns <= width / 3);
  const column = indent + Math.max(...widths, 0) + 2;
  return entries.flatMap(({ written, does }) => {
    const label = piece(' '.repeat(indent) + written, 'strong');
    if (columnsOf(written) + indent + 2 <= column) return beside([label], does, column, width);
    return [[label], ...beside('', does, column, width)];
  });
}
