import { type CommandRow, commandNames, commandRow, everywhere, partsOf } from '../table/commands.ts';
import { type OptionName, type OptionRow, optionNames, optionRow, type ValueKind } from '../table/options.ts';
import type { Words } from '../words.ts';

/** A word that can stand somewhere, and what it does. */
export interface Told {
  readonly word: string;
  readonly does: string;
}

/** One place on a command line: behind a command, or behind a part of one. */
export interface Context {
  /** `models`, or `models get`. */
  readonly path: readonly string[];
  readonly options: readonly (OptionRow & { readonly does: string })[];
  /** What can stand next: parts of the command. */
  readonly parts: readonly Told[];
  /** What can stand next: a value of a kind. */
  readonly value: ValueKind | null;
}

/** Every place of the table of commands, in the words of help. */
export function contextsOf(words: Words): readonly Context[] {
  return commandNames.flatMap((name) => {
    const row = commandRow(name);
    const parts = partsOf(row).map(([word]) => ({ word, does: words.say(`part.${name}.${word}`) }));
    return [
      contextOf([name], row, parts, words),
      ...partsOf(row).map(([part, inner]) => contextOf([name, part], inner, [], words)),
    ];
  });
}

export function commandsTold(words: Words): readonly Told[] {
  return commandNames.map((name) => ({ word: name, does: words.say(`command.${name}`) }));
}

/** As they are typed: those with a value of their own behind them. */
export function spellingsWithValue(): readonly string[] {
  return optionNames.flatMap((name) => {
    const { long, short, value, alone } = optionRow(name);
    return value === undefined || alone ? [] : short === undefined ? [long] : [long, short];
  });
}

/** Kinds that Beckon is asked for while the person types. */
export function isLive(kind: ValueKind | undefined | null): boolean {
  return kind === 'model' || kind === 'chat' || kind === 'server' || kind === 'action';
}

/** Words of a kind that never change. */
export function fixedWords(kind: ValueKind | null): readonly string[] {
  if (kind === 'shell') return ['bash', 'zsh', 'fish'];
  return kind === 'command' ? commandNames : [];
}

function contextOf(path: readonly string[], row: CommandRow, parts: readonly Told[], words: Words): Context {
  const told = (option: OptionName) => ({ ...optionRow(option), does: words.say(`option.${option}`) });
  return {
    path,
    options: [...(row.options ?? []), ...everywhere].map(told),
    parts,
    value: row.argument?.kind ?? null,
  };
}
