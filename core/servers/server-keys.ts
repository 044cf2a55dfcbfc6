import { AppError } from '../../contract/errors.ts';
import type { ServerSetting } from '../../contract/settings.ts';
import { cleanKey } from '../../models/openai-compatible/server-key.ts';
import type { Host } from '../ports.ts';

/** Keys of servers, kept by the host, each for the address that its server has and for no other. */
export class ServerKeys {
  readonly #host: Host;
  /** Servers whose key may already be another address's than the settings say. */
  readonly #changing = new Set<string>();

  constructor(host: Host) {
    this.#host = host;
  }

  /** Gives no key of a server to anybody while `change` changes what it has. */
  async during<Value>(serverId: string, change: () => Promise<Value>): Promise<Value> {
    this.#changing.add(serverId);
    try {
      return await change();
    } finally {
      this.#changing.delete(serverId);
    }
  }

  /** Answers where it is kept. */
  async keep(serverId: string, key: string | null): Promise<ServerSetting['keyKept']> {
    return key === null ? 'none' : this.#host.keepSecret(secretName(serverId), key);
  }

  async forget(serverId: string): Promise<void> {
    await this.#host.forgetSecret(secretName(serverId));
  }

  /**
   * The key for the address that a server had when it was asked for, and for no other: while it was read, both may have
   * become another's. A key of the environment was cleaned by nobody yet. Throws `server/key-lost` where one was kept and is not
   * to be had, behind the app and behind the cli: a question without it would only be refused, and stays here.
   */
  async of(server: ServerSetting): Promise<string | null> {
    if (server.keyKept === 'none') return null;
    const read = await this.#host.readSecret(secretName(server.id)).catch(lostBy);
    this.requireSame(server);
    if (typeof read === 'string') return cleanKey(read);
    const why = read ?? (server.keyKept === 'environment' ? { context: 'environment' } : {});
    const values = { ...why, host: new URL(server.address).host };
    throw new AppError('server/key-lost', `the key of ${server.id} is gone`, { values, action: 'open-models' });
  }

  /** What is asked by the name of a server goes to the address that was shown for it, or nowhere. Throws `sending/changed`. */
  requireSame({ id, address }: ServerSetting): void {
    const now = this.#host.settings().servers.find((server) => server.id === id);
    if (now?.address === address && !this.#changing.has(id)) return;
    throw new AppError('sending/changed', `${id} is not what it was`, {
      values: { host: new URL(address).host },
      action: 'try-again',
    });
  }
}

/** Why the key store does not give what is kept there; throws all else. */
function lostBy(error: unknown): Readonly<Record<string, string | number>> {
  if (error instanceof AppError && error.code === 'key-store/unavailable') return error.detail.values ?? {};
  throw error;
}

function secretName(serverId: string): string {
  return `server:${serverId}`;
}
