import type { GenerateUsage } from '../../contract/engine.ts';
import type { Cost } from '../../contract/price.ts';
import type { ServerSetting } from '../../contract/settings.ts';
import { cost, type When } from '../../models/prices/cost.ts';
import type { Price } from '../../models/prices/price.ts';
import type { Prices } from '../../models/prices/prices.ts';
import { toRow } from './server-rows.ts';

export interface PricedBy {
  readonly prices: Prices;
  /** Some charge in the currency of those who speak it. */
  readonly language: () => 'en' | 'zh-CN';
}

/** What a server's model costs; null where that is not known. */
export function priceOf(server: ServerSetting, model: string, { prices, language }: PricedBy): Price | null {
  return prices.find({
    ...{ provider: server.provider ?? null, region: server.region ?? null },
    ...{ host: toRow(server).host, model, language: language() },
  });
}

/** What one call of a server's model cost; null where no price is known. */
export function costOf(
  server: ServerSetting,
  model: string,
  usage: GenerateUsage,
  when: When,
  by: PricedBy,
): Cost | null {
  const price = priceOf(server, model, by);
  return price === null ? null : cost(usage, price, when, by.prices.holidays);
}
