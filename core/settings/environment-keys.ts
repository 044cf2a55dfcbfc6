import { AppError } from '../../contract/errors.ts';
import type { ServerSetting } from '../../contract/settings.ts';

type Env = Readonly<Record<string, string | undefined>>;

const prefix = 'BECKON_KEY_';
/** Names no server, so that it can belong to one alone. */
const unnamed = 'BECKON_SERVER_KEY';

/**
 * The key that the environment has for the server of a secret (`server:ID`), or null. A variable is named for a server by its
 * host, its label or its id: `BECKON_KEY_API_EXAMPLE_COM`. A key goes nowhere while it could be meant for another server:
 * then `server/key-unclear` is thrown, which says the name to give it.
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
  if (!env[unnamed]) return null;
  if (servers.filter(({ keyKept }) => keyKept !== 'none').length !== 1) throw unclear(unnamed, server);
  return env[unnamed] ?? null;
}

/** Whether the environment has a key at all. */
export function hasKeys(env: Env): boolean {
  return Object.keys(env).some((name) => (name === unnamed || name.startsWith(prefix)) && env[name]);
}

function unclear(variable: string, server: ServerSetting): AppError {
  const [, ofHost = ''] = namesOf(server);
  const clear = ofHost === variable ? (namesOf(server)[0] ?? '') : ofHost;
  return new AppError('server/key-unclear', `${variable} fits more than one server`, {
    values: { variable, host: hostOf(server), name: clear },
  });
}

/** By id, by host (with its port, if any), and by label. */
function namesOf(server: ServerSetting): readonly string[] {
  return [server.id, hostOf(server), server.label].flatMap((name) => {
    const letters = name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_');
    return /[A-Z0-9]/.test(letters) ? [prefix + letters] : [];
  });
}

function hostOf({ address }: ServerSetting): string {
  return URL.canParse(address) ? new URL(address).host : address;
}
