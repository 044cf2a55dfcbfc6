import type { ModelPart } from '../../contract/engine.ts';
import { toErrorShape } from '../../contract/errors.ts';
import type { ServerTest } from '../../contract/model.ts';
import type { ServerSetting } from '../../contract/settings.ts';
import { readAddress } from '../../models/openai-compatible/address.ts';
import { testServer } from '../../models/openai-compatible/test-server.ts';
import { providerOf } from '../../models/providers/provider.ts';
import type { Order } from '../sending/sending.ts';
import { gatedTrial } from './gated-model.ts';
import { withMovedSaid } from './moved.ts';
import { requireNotLeft, testProvider } from './test-provider.ts';

export interface TryDeps {
  /** A connection that asks one host for its list of models and carries no text. */
  readonly openList: (hostname: string) => typeof fetch;
  /** The gate that everything else passes. */
  readonly send: (order: Order) => AsyncIterable<ModelPart>;
  /** The key that is kept for a server. */
  readonly keyOf: (server: ServerSetting) => Promise<string | null>;
}

/** What the person typed, before it is kept. */
export interface Tried {
  readonly address: string;
  /** Null for the key that is kept, if any is. */
  readonly key: string | null;
  readonly model: string | null;
  /** What it is already kept as; null for a new one. */
  readonly server: ServerSetting | null;
}

/** Resolves with what is wrong. A key that is kept is sent to the address it is kept for and to no other. */
export async function tryServer({ address, key, model, server }: Tried, deps: TryDeps): Promise<ServerTest> {
  const { openList, send, keyOf } = deps;
  const mayUseKept = server !== null && key === null && isSamePlace(server.address, address);
  const kept = mayUseKept ? await keyOf(server) : null;
  const left = leftBy(address);
  if (left !== null) return left;
  const provider = providerOf(server?.provider);
  if (provider !== null) {
    const openAt = (place: string) => withMovedSaid(openList(new URL(place).hostname));
    const tools = { openAt, ask: gatedTrial(send, provider) };
    const tried = await testProvider({ provider, address, key: key ?? kept, onlyHere: key === null }, tools);
    return { ok: tried.error === null, ...tried, instead: null };
  }
  const fetchList: typeof fetch = (input, init) => openList(hostnameOf(address))(input, init);
  return testServer(address, key ?? kept, withMovedSaid(fetchList), model, gatedTrial(send));
}

/** Whether two addresses, one of them perhaps just typed, lead to one server. */
export function isSamePlace(one: string, other: string): boolean {
  try {
    return new URL(readAddress(one).address).origin === new URL(readAddress(other).address).origin;
  } catch {
    return false;
  }
}

/** What is wrong with an address at a host that a provider has left; null where it is none. */
function leftBy(address: string): ServerTest | null {
  try {
    requireNotLeft(address);
    return null;
  } catch (thrown) {
    const error = toErrorShape(thrown);
    const other = error.code === 'server/moved' ? String(error.values?.['other']) : null;
    return other === null ? null : { ok: false, error, models: [], address, instead: other };
  }
}

function hostnameOf(typed: string): string {
  return new URL(readAddress(typed).address).hostname;
}
