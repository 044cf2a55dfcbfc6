import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ModelRow } from '../contract/model.ts';
import { exitCodes } from './exit-codes.ts';
import { sayUnreadServers } from './notices.ts';
import { followJob } from './progress.ts';
import type { CommandInput } from './run-cli.ts';
import type { Words } from './words.ts';

/** `beckon models`: lists them; `get`, `use`, `add` one, or make a `faster` copy of it. */
export async function models(input: CommandInput): Promise<number> {
  const { session, terminal, words, args, json } = input;
  const [action, value] = args;
  if (action === undefined) return list(input);
  if (value === undefined || !['get', 'use', 'add', 'faster'].includes(action)) {
    terminal.note(words.say('usage'));
    return exitCodes.usage;
  }
  if (action === 'get') {
    const row = (await session.client.call('model.list', {})).find(({ id }) => id === value);
    if (row?.installed) terminal.note(words.say('installed', { name: row.name }));
    else await followJob(input, (await session.client.call('model.download', { modelId: value })).jobId);
  } else if (action === 'faster') {
    await makeFaster(input, value);
  } else if (action === 'use') {
    await session.client.call('model.choose', { modelId: value });
    terminal.line(words.say('nowUsing', { id: value }));
  } else {
    const row = await session.client.call('model.addFile', {
      path: value.startsWith('file:') ? fileURLToPath(value) : resolve(value),
    });
    if (json) terminal.json(row);
    else terminal.line(words.say('added', { id: row.id, name: row.name }));
  }
  return exitCodes.done;
}

async function makeFaster(input: CommandInput, modelId: string): Promise<void> {
  const { session, terminal, words } = input;
  const row = (await session.client.call('model.list', {})).find(({ id }) => id === modelId);
  if (row?.fastCopy?.status === 'ready') terminal.note(words.say('fasterReady', { name: row.name }));
  else await followJob(input, (await session.client.call('model.makeFastCopy', { modelId })).jobId);
}

async function list(input: CommandInput): Promise<number> {
  const { session, terminal, words, json } = input;
  const rows = await session.client.call('model.list', {});
  if (json) terminal.json(rows);
  else for (const line of modelLines(rows, words)) terminal.line(line);
  await sayUnreadServers(input);
  return exitCodes.done;
}

/** A line for each model: whether it answers, its id, its size, and where it is. */
export function modelLines(rows: readonly ModelRow[], words: Words): readonly string[] {
  const width = Math.max(...rows.map(({ id }) => id.length), 0);
  return rows.map((row) =>
    words.say('modelLine', {
      mark: row.chosen ? '●' : '○',
      id: row.id.padEnd(width),
      size: (row.bytes === null ? '' : words.bytes(row.bytes)).padStart(8),
      state: stateOf(row, words),
    }),
  );
}

function stateOf({ kind, host, installed, purpose, fastCopy }: ModelRow, words: Words): string {
  if (kind === 'server') return words.say('modelState.server', { host: host ?? '' });
  if (fastCopy?.status === 'ready') return words.say('modelState.faster');
  const state = words.say(installed ? 'modelState.here' : 'modelState.away');
  return purpose === 'embedding' ? words.say('modelCompares', { state }) : state;
}
