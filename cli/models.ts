import { resolve } from 'node:path';
import type { ModelRow } from '../contract/model.ts';
import { exitCodes } from './exit-codes.ts';
import { followJob } from './progress.ts';
import type { CommandInput } from './run-cli.ts';

/** `beckon models`: lists them; `get`, `use`, `add` one, or make a `faster` copy of it. */
export async function models(input: CommandInput): Promise<number> {
  const { session, words, args, json } = input;
  const [action, value] = args;
  if (action === undefined) return list(input);
  if (value === undefined || !['get', 'use', 'add', 'faster'].includes(action)) {
    process.stderr.write(`${words.say('usage')}\n`);
    return exitCodes.usage;
  }
  if (action === 'get') {
    const row = (await session.client.call('model.list', {})).find(({ id }) => id === value);
    if (row?.installed) process.stderr.write(`${words.say('installed', { name: row.name })}\n`);
    else await followJob(session, words, (await session.client.call('model.download', { modelId: value })).jobId);
  } else if (action === 'faster') {
    await makeFaster(input, value);
  } else if (action === 'use') {
    await session.client.call('model.choose', { modelId: value });
    process.stdout.write(`${words.say('nowUsing', { id: value })}\n`);
  } else {
    const row = await session.client.call('model.addFile', { path: resolve(value) });
    process.stdout.write(json ? `${JSON.stringify(row)}\n` : `${row.id}  ${row.name}\n`);
  }
  return exitCodes.done;
}

async function makeFaster({ session, words }: CommandInput, modelId: string): Promise<void> {
  const row = (await session.client.call('model.list', {})).find(({ id }) => id === modelId);
  if (row?.fastCopy?.status === 'ready') process.stderr.write(`${words.say('fasterReady', { name: row.name })}\n`);
  else await followJob(session, words, (await session.client.call('model.makeFastCopy', { modelId })).jobId);
}

async function list({ session, words, json }: CommandInput): Promise<number> {
  const rows = await session.client.call('model.list', {});
  if (json) process.stdout.write(`${JSON.stringify(rows)}\n`);
  else {
    const width = Math.max(...rows.map(({ id }) => id.length), 0);
    for (const row of rows) {
      const size = row.bytes === null ? '' : words.bytes(row.bytes);
      const mark = row.chosen ? '●' : '○';
      process.stdout.write(
        `${words.say('modelLine', { mark, id: row.id.padEnd(width), size: size.padStart(8), state: stateOf(row) })}\n`,
      );
    }
  }
  return exitCodes.done;

  function stateOf({ kind, host, installed, purpose, fastCopy }: ModelRow): string {
    if (kind === 'server') return words.say('modelState.server', { host: host ?? '' });
    if (fastCopy?.status === 'ready') return words.say('modelState.faster');
    const state = words.say(installed ? 'modelState.here' : 'modelState.away');
    return purpose === 'embedding' ? words.say('modelCompares', { state }) : state;
  }
}
