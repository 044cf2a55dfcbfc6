import { AppError, fromErrorShape } from '../contract/errors.ts';
import type { ServerRow, ServerTest } from '../contract/model.ts';
import { keyFor, variableFor } from '../core/settings/environment-keys.ts';
import { columnsOf } from './drawing/cells.ts';
import { cut, pad } from './drawing/layout.ts';
import { piece } from './drawing/pieces.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { sayUnreadServers } from './notices.ts';
import { openToKeep, passphrase } from './passphrase.ts';
import { readHidden } from './read-hidden.ts';
import type { CommandInput } from './run-cli.ts';

/** `beckon servers`: lists them; `add`, `test` or `remove` one. A key is never an argument. */
export async function servers(input: CommandInput): Promise<number> {
  const { part, args } = input;
  const [value = ''] = args;
  if (part === 'add') return add(input, value);
  if (part === 'test') return test(input, value);
  if (part === 'remove') return remove(input, value);
  if (part === 'passphrase') return passphrase(input);
  return list(input);
}

async function list(input: CommandInput): Promise<number> {
  const { terminal, words, json } = input;
  const rows = await listed(input);
  if (json) terminal.json(rows);
  else if (rows.length === 0) terminal.line(words.say('noServers'));
  else {
    const names = rows.map((row) => words.safe(nameOf(row)));
    const width = Math.max(...names.map(columnsOf));
    for (const [at, { address, models, keyKept }] of rows.entries()) {
      const facts = [words.say('serverModels', { count: models.length }), words.say(`serverLine.${keyKept}`)];
      const line = [
        ...pad([piece(names[at] ?? '', 'strong')], width),
        piece(`  ${words.safe(address)}  `),
        piece(facts.join(' · '), 'dim'),
      ];
      terminal.line(terminal.columns === null ? line : cut(line, terminal.columns));
    }
  }
  await sayUnreadServers(input);
  return exitCodes.done;
}

async function add(input: CommandInput, address: string): Promise<number> {
  const { session, terminal, words, json, name, model } = input;
  const key = await keyOf(input, address);
  const tested = await session.client.call('server.test', { address, key: key.value, model, serverId: null });
  if (!tested.ok) return sayTest(input, address, tested);
  const models = model === null ? tested.models : [model];
  if (models.length === 0) {
    terminal.note(words.say('serverNoModels', { name: hostOf(tested.address) }));
    return exitCodes.failed;
  }
  if (key.value !== null && !key.isOfEnvironment) await openToKeep(input);
  const row = await session.client.call('server.add', {
    ...{ address: tested.address, key: key.value, label: name ?? '', models: models.slice(0, 500) },
  });
  if (json) terminal.json(row);
  else {
    terminal.line(words.say('serverAdded', { name: nameOf(row) }));
    for (const each of row.models) terminal.line(`  ${words.safe(each)}`);
  }
  // Typed here it lives as long as core does, and the next command would be refused without a word of why.
  if (row.keyKept === 'until-quit' && !key.isOfEnvironment)
    terminal.note(words.say('keyNotKept', { variable: variableFor(row.host) }));
  return exitCodes.done;
}

async function test(input: CommandInput, named: string): Promise<number> {
  const { session } = input;
  const row = await find(input, named);
  const address = row?.address ?? named;
  const key = row === undefined ? (await keyOf(input, address)).value : null;
  const asked = { address, key, model: null, serverId: row?.id ?? null };
  return sayTest(input, row === undefined ? address : nameOf(row), await session.client.call('server.test', asked));
}

function sayTest({ terminal, words, json }: CommandInput, name: string, tested: ServerTest): number {
  const { ok, error, models, instead } = tested;
  const told = error === null ? null : words.withSentence(error);
  if (json) terminal.json({ ...tested, error: told });
  if (ok) {
    if (json) return exitCodes.done;
    terminal.line(words.say('serverAnswers', { name }));
    for (const each of models) terminal.line(`  ${words.safe(each)}`);
    return exitCodes.done;
  }
  const shape = error ?? { code: 'server/nothing', message: 'not told' };
  terminal.note(words.error(fromErrorShape(shape)));
  if (instead !== null) terminal.note(words.say('serverInstead', { address: instead }));
  return exitCodeOf(shape);
}

async function remove(input: CommandInput, named: string): Promise<number> {
  const { session, terminal, words } = input;
  const row = await find(input, named);
  if (row === undefined) {
    terminal.note(words.say('noSuchServer', { server: named }));
    return exitCodes.failed;
  }
  await session.client.call('server.remove', { serverId: row.id });
  terminal.line(words.say('serverRemoved', { name: nameOf(row) }));
  return exitCodes.done;
}

function listed({ session }: CommandInput): Promise<readonly ServerRow[]> {
  return session.keep(() => session.client.call('server.list', {}));
}

/** By name, host, address or id; one that several have is none's. */
async function find(input: CommandInput, named: string): Promise<ServerRow | undefined> {
  const wanted = named.toLowerCase();
  const fits = (await listed(input)).filter(({ id, label, host, address }) =>
    [id, label, host, address].some((name) => name.toLowerCase() === wanted),
  );
  return fits.length === 1 ? fits[0] : undefined;
}

interface Key {
  readonly value: string | null;
  readonly isOfEnvironment: boolean;
}

/** From the environment, under the names that a server's key has there; else it is asked for, where somebody can answer. */
async function keyOf({ env, terminal, words, name }: CommandInput, address: string): Promise<Key> {
  const server = {
    id: 'new',
    address: withScheme(address),
    label: name ?? '',
    models: [],
    keyKept: 'environment',
  } as const;
  const kept = keyFor('server:new', [server], env);
  if (kept !== null) return { value: kept, isOfEnvironment: true };
  if (!terminal.isWatched || !process.stdin.isTTY) return { value: null, isOfEnvironment: false };
  terminal.prompt(words.say('keyFor', { host: hostOf(server.address) }));
  const typed = await readHidden(process.stdin);
  terminal.note('');
  if (typed === null) throw new AppError('app/not-agreed', 'no key was typed');
  return { value: typed.trim() || null, isOfEnvironment: false };
}

function nameOf({ label, host }: Pick<ServerRow, 'label' | 'host'>): string {
  return label || host;
}

function withScheme(address: string): string {
  return address.includes('://') ? address : `https://${address}`;
}

function hostOf(address: string): string {
  return URL.canParse(withScheme(address)) ? new URL(withScheme(address)).host : address;
}
