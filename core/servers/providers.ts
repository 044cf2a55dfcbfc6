import { AppError } from '../../contract/errors.ts';
import type { ServerRow } from '../../contract/model.ts';
import type { ProviderRow, ProviderTest } from '../../contract/provider.ts';
import { readAddress } from '../../models/openai-compatible/address.ts';
import { type Provider, providerOf, providers } from '../../models/providers/provider.ts';
import type { Host } from '../ports.ts';
import { gatedTrial, type Send } from './gated-model.ts';
import { withMovedSaid } from './moved.ts';
import type { PricedBy } from './priced-servers.ts';
import { type PriceOf, toProviderModel, toProviderRow } from './provider-rows.ts';
import type { Servers } from './servers.ts';
import { testProvider } from './test-provider.ts';

export interface ProvidersOptions {
  readonly host: Host;
  readonly servers: Servers;
  readonly openList: (hostname: string) => typeof fetch;
  readonly send: Send;
  readonly priced: PricedBy;
}

export interface EnteredKey {
  readonly provider: string;
  readonly address: string;
  readonly key: string | null;
}

/** Providers that are known: each becomes a server, with its key, once one was entered. */
export class Providers {
  readonly #options: ProvidersOptions;

  constructor(options: ProvidersOptions) {
    this.#options = options;
  }

  list(): readonly ProviderRow[] {
    const { servers } = this.#options.host.settings();
    return providers.map((provider) => toProviderRow(provider, servers, this.#priceOf(provider)));
  }

  /** Resolves with what is wrong; keeps nothing. */
  async test({ provider: id, address, key }: EnteredKey): Promise<ProviderTest> {
    const provider = find(id);
    const { openList, send } = this.#options;
    const openAt = (place: string) => withMovedSaid(openList(new URL(place).hostname));
    const tried = await testProvider({ provider, address, key }, { openAt, ask: gatedTrial(send, provider) });
    const region = regionOf(provider, tried.address);
    return {
      ...{ ok: tried.error === null, error: tried.error, address: tried.address },
      moved: tried.error === null && tried.address !== readAddress(address).address,
      models: tried.models.map((model) => toProviderModel(provider, model, region, this.#priceOf(provider))),
    };
  }

  /** Rejects with `server/bad-address` or `server/key-unusable`, or where there is no such provider. */
  connect({
    provider: id,
    models,
    ...entered
  }: EnteredKey & { readonly models: readonly string[] }): Promise<ServerRow> {
    const provider = find(id);
    const region = regionOf(provider, readAddress(entered.address).address);
    const language = this.#options.priced.language();
    const label = provider.names[language];
    return this.#options.servers.add({ ...entered, models, label, provider: id, region });
  }

  #priceOf({ id: provider }: Provider): PriceOf {
    const { prices, language } = this.#options.priced;
    return (model, region) => prices.shown({ provider, host: '', region, model, language: language() });
  }
}

function find(id: string): Provider {
  const provider = providerOf(id);
  if (provider === null) throw new AppError('model/not-found', id);
  return provider;
}

function regionOf({ regions }: Provider, address: string): string | null {
  return regions.find((region) => region.address === address || region.alternates.includes(address))?.id ?? null;
}
