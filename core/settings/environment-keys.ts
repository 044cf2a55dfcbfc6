import { AppError, type AppErrorShape, toErrorShape } from '../../contract/errors.ts';
import type { ServerSetting } from '../../contract/settings.ts';
import { providerOf } from '../../models/providers/provider.ts';

type Env = Readonly<Record<string, string | undefined>>;

const prefix = 'BECKON_KEY_';
/** Names no server, so that it can belong to one alone. */
const unnamed = 'BECKON_SERVER_KEY';

/**
 * The key that the environment has for the server of a secret (`server:ID`), or null. A variable is named for a server by its
 * host, its label or its id: `BECKON_KEY_API_EXAMPLE_COM`; without the port where no other server has that host. A key goes nowhere while it could be meant for another server:
 * then `server/key-unclear` is thrown, which says the name to give it. A provider's usual variable is for its own addresses.
 */
export function keyFor(secretName: string, servers: readonly ServerSetting[], env: Env): string | null {
  const server = servers.find(({ id }) => secretName === `server:${id}`);
  if (server === undefined) return null;
  const named = namesOf(server).find((name) => env[name]);
  if (named !== undefined) {
    if (servers.some((other) => hostOf(other) !== hostOf(server) && namesOf(other).includes(named)))
      throw unclear(named, server);
    return env[named] ?? null;
  }
  const usual = usualNames(server).find((name) => env[name]);
  if (usual !== undefined) return env[usual] ?? null;
  const shared = portless(server).find((name) => env[name]);
  const others = servers.filter((other) => hostOf(other) !== hostOf(server));
  if (shared !== undefined && !others.some((other) => namesOf(other).includes(shared))) {
    if (others.some((other) => portless(other).includes(shared))) throw unclear(shared, server);
    return env[shared] ?? null;
  }
  if (!env[unnamed]) return null;
  if (servers.filter(({ keyKept }) => keyKept !== 'none').length !== 1) throw unclear(unnamed, server);
  return env[unnamed] ?? null;
}

/** Whether the environment has a key at all. */
export function hasKeys(env: Env): boolean {
  return Object.keys(env).some((name) => (name === unnamed || name.startsWith(prefix)) && env[name]);
}

/** Whether a key is one that the environment has. */
export function isOfEnvironment(key: string, env: Env): boolean {
  return Object.entries(env).some(
    ([name, value]) => (name === unnamed || name.startsWith(prefix)) && value?.trim() === key,
  );
}

/** Which keys of the environment go to no server, since they could be meant for several: one for each of these. */
export function unclearKeys(servers: readonly ServerSetting[], env: Env): readonly AppErrorShape[] {
  return servers.flatMap(({ id, keyKept }) => {
    try {
      // Nobody asks for the key of a server that has none, unless it is named.
      keyFor(`server:${id}`, servers, keyKept === 'none' ? { ...env, [unnamed]: '' } : env);
      return [];
    } catch (error) {
      return [toErrorShape(error)];
    }
  });
}

/** The variable that a server's key is taken from, by its host. */
export function variableFor(host: string): string {
  return nameFrom(host) ?? unnamed;
}

function unclear(variable: string, server: ServerSetting): AppError {
  const [, ofHost = ''] = namesOf(server);
  const clear = ofHost === variable ? (namesOf(server)[0] ?? '') : ofHost;
  return new AppError('server/key-unclear', `${variable} fits more than one server`, {
    values: { variable, host: hostOf(server), name: clear },
  });
}

/** Names that a provider's key usually has; none at an address that is not the provider's own. */
function usualNames({ provider, address }: ServerSetting): readonly string[] {
  const row = providerOf(provider);
  const isOwn = row?.regions.some((region) => region.address === address || region.alternates.includes(address));
  return row !== null && isOwn === true ? row.variables : [];
}

/** By id, by host (with its port, if any), and by label. */
function namesOf(server: ServerSetting): readonly string[] {
  return [server.id, hostOf(server), server.label].flatMap((name) => nameFrom(name) ?? []);
}

/** By host without its port; none where it has none. */
function portless(server: ServerSetting): readonly string[] {
  const host = hostOf(server);
  const name = host.replace(/:\d+$/, '');
  return name === host ? [] : [nameFrom(name) ?? []].flat();
}

function nameFrom(words: string): string | null {
  const letters = words.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_');
  return /[A-Z0-9]/.test(letters) ? prefix + letters : null;
}

function hostOf({ address }: ServerSetting): string {
  return URL.canParse(address) ? new URL(address).host : address;
}
