import type { Currency } from '../../contract/price.ts';
import type { Policy, ProviderModel, ProviderRow, ShownPrice } from '../../contract/provider.ts';
import type { ServerSetting } from '../../contract/settings.ts';
import type { Price, Tier } from '../../models/prices/price.ts';
import { isStale } from '../../models/prices/prices.ts';
import { type Fact, known, type Provider } from '../../models/providers/provider.ts';

/** What a model of a provider charges; null where that is not known. */
export type PriceOf = (model: string, region: string | null) => { readonly price: Price; readonly own: boolean } | null;

/** A provider as the person sees it. */
export function toProviderRow(provider: Provider, servers: readonly ServerSetting[], priceOf: PriceOf): ProviderRow {
  const { id, group, names, regions, planKeys, models } = provider;
  const first = regions[0]?.id ?? null;
  return {
    ...{ id, group, names, planKeys },
    regions: regions.map((region) => ({
      ...{ id: region.id, address: region.address, plan: region.plan },
      names: region.names ?? null,
    })),
    policy: policyOf(provider),
    models: models.map((model) => toProviderModel(provider, model.id, first, priceOf)),
    servers: servers.filter((server) => server.provider === id).map((server) => server.id),
  };
}

/** Who may keep or learn from what is sent to a provider. */
export function policyOf({ policy }: Provider): Policy {
  return {
    retentionDays: known(policy.retentionDays),
    training: known(policy.training),
    control: known(policy.control)?.says ?? null,
    on: newestOf([policy.retentionDays, policy.training, policy.control]),
  };
}

export function toProviderModel(
  provider: Provider,
  id: string,
  region: string | null,
  priceOf: PriceOf,
): ProviderModel {
  const thinks = provider.models.find((model) => model.id === id)?.thinks ?? 'unknown';
  // Another region may be charged otherwise, and is better than nothing to go by.
  const others = provider.regions.map((one) => one.id).filter((one) => one !== region);
  const found = [region, ...others].map((one) => priceOf(id, one)).find((one) => one !== null) ?? null;
  return { id, thinks, price: found === null ? null : shown(found.price, found.own) };
}

function shown({ currency, tiers, hours, on }: Price, own: boolean): ShownPrice | null {
  const [tier] = tiers;
  if (tier === undefined) return null;
  const [otherwise] = hours?.otherwise ?? [];
  return {
    ...ratesOf(tier, currency),
    otherwise: otherwise === undefined ? null : { input: otherwise.input, output: otherwise.output },
    variesByLength: tier.upToInput !== null,
    ...{ on, own, stale: isStale({ on }, new Date()) },
  };
}

function ratesOf({ input, output }: Tier, currency: Currency) {
  return { currency, input, output };
}

function newestOf(facts: readonly Fact<unknown>[]): string | null {
  const days = facts.flatMap((fact) => (fact === 'unknown' ? [] : [fact.on])).toSorted();
  return days.at(-1) ?? null;
}
