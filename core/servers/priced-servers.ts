import type { GenerateUsage } from '../../contract/engine.ts';
import type { Cost } from '../../contract/price.ts';
import type { ServerSetting } from '../../contract/settings.ts';
import { cost, type When } from '../../models/prices/cost.ts';
import type { Prices } from '../../models/prices/prices.ts';
import { toRow } from './server-rows.ts';

export interface PricedBy {
  readonly prices: Prices;
  /** Some charge in the currency of those who speak it. */
  readonly language: () => 'en' | 'zh-CN';
}

/** What one call of a server's model cost; null where no price is known. */
export function costOf(
  server: ServerSetting,
  model: string,
  usage: GenerateUsage,
  when: When,
  { prices, language }: PricedBy,
): Cost | null {
  const price = prices.find({
    ...{ provider: server.provider ?? null, region: server.region ?? null },
    ...{ host: toRow(server).host, model, language: language() },
  });
  return price === null ? null : cost(usage, price, when, prices.holidays);
}
