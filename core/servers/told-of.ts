import type { Policy } from '../../contract/provider.ts';
import type { ServerSetting } from '../../contract/settings.ts';
import { cost } from '../../models/prices/cost.ts';
import { providerOf } from '../../models/providers/provider.ts';
import type { PricedBy } from './priced-servers.ts';
import { policyOf } from './provider-rows.ts';
import { toRow } from './server-rows.ts';

export interface ToldOf {
  /** As the person calls it. */
  readonly label: string;
  /** Null for a server of one's own, of which the person knows more than anybody. */
  readonly policy: Policy | null;
}

/** Who a server is. */
export function toldOf(server: ServerSetting): ToldOf {
  const provider = providerOf(server.provider);
  const isOwn = provider === null || provider.group === 'own';
  return { label: toRow(server).label, policy: isOwn ? null : policyOf(provider) };
}

export interface Expected {
  readonly currency: 'USD' | 'CNY';
  readonly low: number;
  readonly high: number;
  readonly on: string;
  /** The hour decides, too. */
  readonly hours: boolean;
}

/** What a call may cost that is not made yet: from an answer of one word to the longest; null where no price is known. */
export function expectedCost(
  server: ServerSetting,
  model: string,
  tokens: { readonly prompt: number; readonly answer: number },
  { prices, language }: PricedBy,
): Expected | null {
  const price = prices.find({
    ...{ provider: server.provider ?? null, region: server.region ?? null },
    ...{ host: toRow(server).host, model, language: language() },
  });
  if (price === null) return null;
  const now = { began: new Date(), ended: new Date() };
  const costOf = (outputTokens: number) =>
    cost({ promptTokens: tokens.prompt, cachedTokens: null, outputTokens }, price, now, prices.holidays);
  const [least, most] = [costOf(1), costOf(tokens.answer)];
  if (least === null || most === null) return null;
  return { currency: price.currency, low: least.low, high: most.high, on: price.on, hours: price.hours !== undefined };
}
