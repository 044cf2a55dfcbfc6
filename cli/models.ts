import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isHere } from '../contract/model.ts';
import { exitCodes } from './exit-codes.ts';
import { modelLines } from './model-lines.ts';
import { modelsMeant } from './model-names.ts';
import { sayUnreadServers } from './notices.ts';
import { followJob } from './progress.ts';
import type { CommandInput } from './run-cli.ts';
import { needModel } from './where.ts';

/** `beckon models`: lists them; `get`, `use`, `add` one, or make a `faster` copy of it. */
export async function models(input: CommandInput): Promise<number> {
  const { part, args } = input;
  const [value = ''] = args;
  if (part === 'get') await get(input, value);
  else if (part === 'faster') await makeFaster(input, value);
  else if (part === 'use') await use(input, value);
  else if (part === 'add') await add(input, value);
  else return list(input);
  return exitCodes.done;
}

async function get(input: CommandInput, typed: string): Promise<void> {
  const { session, terminal, words } = input;
  if (modelsMeant(await session.client.call('model.list', {}), typed).length === 0) {
    // A model that no list shows, such as the small one for tests, is fetched by its id.
    const byId = await session.client.request('model.download', { modelId: typed });
    if (byId.ok) return followJob(input, byId.value.jobId);
  }
  const row = await needModel(input, typed);
  if (row.installed) terminal.note(words.say('installed', { name: row.name }));
  else await followJob(input, (await session.client.call('model.download', { modelId: row.id })).jobId);
}

async function makeFaster(input: CommandInput, typed: string): Promise<void> {
  const { session, terminal, words } = input;
  const row = await needModel(input, typed);
  if (isHere(row) && row.fastCopy?.status === 'ready') terminal.note(words.say('fasterReady', { name: row.name }));
  else await followJob(input, (await session.client.call('model.makeFastCopy', { modelId: row?.id ?? typed })).jobId);
}

async function use(input: CommandInput, typed: string): Promise<void> {
  const { session, terminal, words } = input;
  const row = await needModel(input, typed);
  await session.client.call('model.choose', { modelId: row?.id ?? typed });
  terminal.line(words.say('nowUsing', { id: row?.name ?? typed }));
}

async function add({ session, terminal, words, json }: CommandInput, value: string): Promise<void> {
  const path = value.startsWith('file:') ? fileURLToPath(value) : resolve(value);
  const row = await session.client.call('model.addFile', { path });
  if (json) terminal.json(row);
  else terminal.line(words.say('added', { id: row.id, name: row.name }));
}

async function list(input: CommandInput): Promise<number> {
  const { session, terminal, words, json } = input;
  const rows = await session.client.call('model.list', {});
  if (json) terminal.json(rows);
  else for (const line of modelLines(rows, words, terminal.columns)) terminal.line(line);
  await sayUnreadServers(input);
  return exitCodes.done;
}
