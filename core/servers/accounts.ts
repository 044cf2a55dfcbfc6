import { AppError } from '../../contract/errors.ts';
import type { AccountFigure, AccountRow } from '../../contract/provider.ts';
import type { ServerSetting } from '../../contract/settings.ts';
import { accountOf, readAccount } from '../../models/providers/account.ts';
import { type Account, type Provider, providerOf } from '../../models/providers/provider.ts';
import { withMovedSaid } from './moved.ts';
import { toRow } from './server-rows.ts';

export interface AccountsOptions {
  readonly servers: () => readonly ServerSetting[];
  readonly withKey: <Value>(
    serverId: string,
    use: (server: ServerSetting, key: string | null) => Promise<Value>,
  ) => Promise<Value>;
  /** A connection to one address, which carries no text. */
  readonly open: (address: string) => typeof fetch;
  readonly providerOf?: (id: string | undefined) => Provider | null;
}

interface Asked {
  readonly provider: Provider;
  readonly account: Account;
  /** What its path stands under. */
  readonly address: string;
}

/** What providers themselves say of the accounts of a person's servers: asked only when the person wants it. */
export class Accounts {
  readonly #options: AccountsOptions;

  constructor(options: AccountsOptions) {
    this.#options = options;
  }

  list(): readonly AccountRow[] {
    return this.#options.servers().flatMap((server) => {
      const { id: serverId, label, host } = toRow(server);
      return this.#of(server) === null ? [] : [{ serverId, label, host }];
    });
  }

  /** Rejects with `model/not-found` for a server that has none, and with what `readAccount` does. */
  async read(serverId: string): Promise<{ readonly figures: readonly AccountFigure[]; readonly at: number }> {
    return this.#options.withKey(serverId, async (server, key) => {
      const found = this.#of(server);
      if (found === null) throw new AppError('model/not-found', serverId);
      const { provider, account, address } = found;
      const fetchFrom = withMovedSaid(this.#options.open(`${address}${account.path}`));
      const place = { address, host: new URL(address).host, key, fetch: fetchFrom };
      return { figures: await readAccount(place, account, provider, server.region ?? null), at: Date.now() };
    });
  }

  /** Null where its provider tells nothing of accounts, or the address is none of the provider's own. */
  #of({ provider: id, address }: ServerSetting): Asked | null {
    const { providerOf: find = providerOf } = this.#options;
    const provider = find(id);
    const account = provider === null ? null : accountOf(provider);
    if (provider === null || account === null) return null;
    const region = provider.regions.find((one) => one.address === address || one.alternates.includes(address));
    if (region === undefined) return null;
    // Another address of the same host, such as one with a version in it, has no account under it.
    const isSameHost = new URL(region.address).origin === new URL(address).origin;
    return { provider, account, address: isSameHost ? region.address : address };
  }
}
