import { AppError } from '../contract/errors.ts';
import type { ModelRow } from '../contract/model.ts';
import type { Receipt } from '../contract/receipt.ts';
import { sumCosts } from '../locales/format-money.ts';
import { sayReason } from '../locales/say-rule.ts';
import { modelLines } from './model-lines.ts';
import { modelsMeant } from './model-names.ts';
import type { CommandInput } from './run-cli.ts';

type Finding = Pick<CommandInput, 'session' | 'terminal' | 'words'>;

/** The model that will answer; null when it is not in the list. */
export async function findModel(
  { session }: Pick<CommandInput, 'session'>,
  model: string | null,
): Promise<ModelRow | null> {
  const rows = await session.client.call('model.list', {});
  return rows.find((row) => (model === null ? row.chosen : row.id === model)) ?? null;
}

/** The model that a person typed, by id or name. Where that is none, or several, those there are are told first. */
export async function needModel({ session, terminal, words }: Finding, typed: string): Promise<ModelRow> {
  const rows = await session.client.call('model.list', {});
  const meant = modelsMeant(rows, typed);
  const [row] = meant;
  if (row !== undefined && meant.length === 1) return row;
  terminal.note(words.say(row === undefined ? 'noSuchModel' : 'manyModels', { id: typed }));
  const others = row === undefined ? rows.filter(({ purpose }) => purpose === 'chat') : meant;
  for (const line of modelLines(others, words, terminal.columns)) terminal.note(line);
  throw new AppError('model/not-found', typed, { action: 'open-models' });
}

/** The id to ask with; null where none was named, and the chosen model answers. */
export async function modelIdOf(input: Finding & Pick<CommandInput, 'model'>): Promise<string | null> {
  return input.model === null ? null : (await needModel(input, input.model)).id;
}

/** Where a question is going to go: said before it does, as a sentence or (`goesToShort`) within one. */
export function sayGoesTo(
  { words }: Pick<CommandInput, 'words'>,
  row: ModelRow,
  how: 'goesTo' | 'goesToShort' = 'goesTo',
): string {
  return row.kind === 'server' ? words.say(how, { host: row.host }) : words.say('onDevice');
}

/** Where an answer came from, and how fast. */
export function sayReceipt(
  { words }: Pick<CommandInput, 'words'>,
  { entries, firstTextMs, wordsPerSecond, reason }: Receipt,
): string {
  const { where = 'device', host = null, modelName = '' } = entries.at(-1) ?? {};
  const line = words.say('receipt', {
    where: where === 'device' ? words.say('onDevice') : words.say('sentTo', { host: host ?? '' }),
    model: modelName,
    seconds: ((firstTextMs ?? 0) / 1000).toFixed(1),
  });
  // An answer of a word or two has no speed worth telling.
  const speed = wordsPerSecond ? words.say('receiptSpeed', { speed: wordsPerSecond }) : '';
  const why =
    reason === undefined ? [] : [sayReason((key, { ns: _, ...values }) => words.sayIn('sending', key, values), reason)];
  return [line + speed, ...why, ...sumCosts(entries.map(({ cost }) => cost))].join(' · ');
}
