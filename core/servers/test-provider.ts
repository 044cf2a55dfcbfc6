import { AppError, type AppErrorShape, toErrorShape } from '../../contract/errors.ts';
import { readAddress } from '../../models/openai-compatible/address.ts';
import { cleanKey } from '../../models/openai-compatible/server-key.ts';
import { listModels } from '../../models/openai-compatible/test-server.ts';
import type { AskModel, ServerPlace } from '../../models/openai-compatible/try-model.ts';
import { known, type Provider, providers } from '../../models/providers/provider.ts';

export interface TestedProvider {
  readonly provider: Provider;
  readonly address: string;
  readonly key: string | null;
  /** A key that is kept is for the address it is kept for, and is tried nowhere else. */
  readonly onlyHere?: boolean;
}

export interface ProviderTestDeps {
  readonly openAt: (address: string) => typeof fetch;
  /** Tries a model, which sends it a question. */
  readonly ask: AskModel;
}

/** What came of trying a key: the models, the best known ones first; or what is wrong. */
export interface TriedKey {
  readonly error: AppErrorShape | null;
  readonly address: string;
  readonly models: readonly string[];
}

/**
 * Tries a key where it was entered and, where it is refused, at the provider's other regions: keys of one region are refused
 * in the others, by the same words as wrong ones. Resolves with what is wrong, never rejects.
 */
export async function testProvider(
  { provider, address: typed, key: entered, onlyHere = false }: TestedProvider,
  deps: ProviderTestDeps,
): Promise<TriedKey> {
  try {
    const { address } = readAddress(typed);
    const key = cleanKey(entered);
    const first = await tryPlace(provider, address, key, deps);
    if (first.error?.code !== 'server/wrong-key' || key === null) return first;
    if (isOfPlan(provider, address, key)) return { ...first, error: inContext(first.error, 'plan') };
    const others = onlyHere ? [] : otherAddresses(provider, address);
    for (const other of others) {
      const tried = await tryPlace(provider, other, key, deps);
      if (tried.error === null) return tried;
    }
    if (others.length === 0) return first;
    const hosts = others.map((other) => new URL(other).host).join(', ');
    return { ...first, error: inContext(first.error, 'everywhere', { others: hosts }) };
  } catch (error) {
    return { error: toErrorShape(error), address: typed, models: [] };
  }
}

/** Whether a key is of a subscription and the address is not for those. */
function isOfPlan({ planKeys, regions }: Provider, address: string, key: string): boolean {
  return planKeys.some((start) => key.startsWith(start)) && !regions.some((one) => one.plan && one.address === address);
}

/** The addresses of other accounts; none for an address that is not the provider's own, whose key is for nobody else. */
function otherAddresses({ regions }: Provider, address: string): readonly string[] {
  const isOwn = regions.some((one) => one.address === address || one.alternates.includes(address));
  return isOwn ? regions.filter((one) => one.address !== address && !one.plan).map((one) => one.address) : [];
}

function inContext(error: AppErrorShape, context: string, more: Readonly<Record<string, string>> = {}): AppErrorShape {
  return { ...error, values: { ...error.values, ...more, context } };
}

async function tryPlace(
  provider: Provider,
  address: string,
  key: string | null,
  { openAt, ask }: ProviderTestDeps,
): Promise<TriedKey> {
  const place: ServerPlace = { address, host: new URL(address).host, key, fetch: openAt(address) };
  const list = known(provider.list);
  const offers = provider.models.map(({ id }) => id);
  const tellsKey = known(provider.keyProbe);
  if (tellsKey !== null) {
    const told = await listModels(place, { path: tellsKey, headers: headersFor(provider, key) });
    if (told.kind !== 'listed' && told.error !== null && told.error.code !== 'server/not-found')
      return { error: told.error, address, models: [] };
  }
  const listing = await listModels(place, {
    path: '/models',
    headers: headersFor(provider, key),
    refusals: provider.errors,
  });
  if (listing.kind === 'listed' && listing.models.length > 0) {
    const names = listing.models.map((name) => name.replace(/^models\//, ''));
    const offered = list?.is === 'yes' ? offers.filter((id) => names.includes(id)) : offers;
    return { error: null, address, models: [...new Set([...offered, ...names])] };
  }
  const [model] = offers;
  const isAboutPath =
    listing.kind === 'listed' ||
    listing.error.code === 'server/not-found' ||
    listing.error.code === 'server/not-an-api';
  if (model === undefined || !isAboutPath)
    return { error: listing.kind === 'listed' ? null : listing.error, address, models: offers };
  // Without a list, a short question tells whether the key is right.
  return { error: await ask(place, model), address, models: offers };
}

function headersFor({ protocol }: Provider, key: string | null): Readonly<Record<string, string>> {
  if (key === null) return {};
  if (protocol === 'messages') return { 'x-api-key': key, 'anthropic-version': '2023-06-01' };
  return protocol === 'gemini' ? { 'x-goog-api-key': key } : { authorization: `Bearer ${key}` };
}

/** Throws `server/moved` for an address at a host that a provider has left, with where it is now. */
export function requireNotLeft(address: string): void {
  const { host } = new URL(readAddress(address).address);
  const provider = providers.find(({ formerHosts }) => formerHosts.some((former) => former.host === host));
  const other = provider?.regions[0]?.address;
  if (other === undefined) return;
  throw new AppError('server/moved', `${host} is closed`, {
    values: { host, other, context: 'for-good' },
    action: 'open-models',
  });
}
