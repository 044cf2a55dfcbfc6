import type { Price, Tier } from './price.ts';

/**
 * The most that a call can come to by a price, in its currency, at whatever hour it ends: nothing read from a cache, all of the
 * prompt put into one, and the whole length of the answer written. Both counts are bounds from above, so that a shorter length
 * counts too where it is dearer. A prompt that may be longer than any length there is a price for has that of the longest.
 */
export function mostCost({ tiers, hours }: Price, promptTokens: number, outputTokens: number): number {
  const tables = hours === undefined ? [tiers] : [tiers, hours.otherwise];
  const costs = tables
    .flatMap((table) => fitting(table, promptTokens))
    .map((tier) => {
      const [read, written] = [Math.max(tier.input, tier.cacheWrite ?? 0), Math.max(tier.output, tier.thinking ?? 0)];
      const tokens = Math.min(promptTokens, tier.upToInput ?? promptTokens);
      return (tokens * read + outputTokens * written) / 1_000_000;
    });
  return Math.max(...costs);
}

/** The rates of each length that the prompt may have. */
function fitting(tiers: readonly Tier[], promptTokens: number): readonly Tier[] {
  return tiers.filter((_, at) => at === 0 || (tiers[at - 1]?.upToInput ?? Number.POSITIVE_INFINITY) < promptTokens);
}
