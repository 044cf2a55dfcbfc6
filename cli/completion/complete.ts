import process from 'node:process';
import type { ModelRow } from '../../contract/model.ts';
import { findProfile } from '../../core/profile/folders.ts';
import { openSocketAddress } from '../../core/socket/address.ts';
import { type CoreConnection, connectToCore } from '../../core/socket/socket-client.ts';
import { showHiddenInLine } from '../../locales/show-hidden.ts';
import type { Env } from '../session.ts';
import { Terminal } from '../terminal.ts';
import { mostChats, type Offer } from './offer.ts';

/** A shell waits for it, with a person before it. */
const limitMs = 3000;

/**
 * What a shell asks while a person types: models, chats, servers or actions, a line for each. A core that runs is asked; none is
 * started for it. Whatever goes wrong, nothing is offered.
 */
export async function complete(kind: string | undefined, env: Env): Promise<number> {
  const terminal = new Terminal(process.stdout, process.stderr);
  const none = new Promise<readonly Offer[]>((resolve) => setTimeout(() => resolve([]), limitMs).unref());
  const offers = await Promise.race([findOffers(kind ?? '', env).catch(() => []), none]);
  for (const { word, about } of offers) if (isPlain(word)) terminal.line(`${word}\t${showHiddenInLine(about)}`);
  return 0;
}

async function findOffers(kind: string, env: Env): Promise<readonly Offer[]> {
  const profile = findProfile(env);
  const address = openSocketAddress(profile);
  address?.dispose();
  const connection = address === null ? null : await connectToCore(profile);
  if (connection !== null) {
    const live = await askCore(kind, connection).finally(() => connection.dispose());
    if (live !== null) return live;
  }
  const { offersAtRest } = await import('./at-rest.ts');
  return offersAtRest(kind, env);
}

/** Null for what a core is not asked. */
async function askCore(kind: string, { client }: CoreConnection): Promise<readonly Offer[] | null> {
  if (kind === 'model') {
    const { labelsOf } = await import('../model-names.ts');
    const rows = await client.call('model.list', {});
    const labels = labelsOf(rows);
    return rows.map((row) => ({ word: labels.get(row.id) ?? row.name, about: aboutModel(row) }));
  }
  if (kind === 'chat') {
    const chats = await client.call('conversation.list', { query: '', limit: mostChats });
    return chats.map(({ id, title }) => ({ word: id, about: title }));
  }
  if (kind === 'server')
    return (await client.call('server.list', {})).map(({ label, host }) => ({ word: label || host, about: host }));
  return null;
}

function aboutModel(row: ModelRow): string {
  if (row.kind === 'server') return row.host;
  return row.kind === 'catalogue' ? row.licence : '';
}

/** A name that holds what a shell or a terminal could take for something else is not offered; it can be typed. */
function isPlain(word: string): boolean {
  return word !== '' && showHiddenInLine(word) === word;
}
