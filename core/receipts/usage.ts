import type { UsageGroup } from '../../contract/usage.ts';
import type { Queries } from '../queries.ts';

/** Calls of a trial are charged like others; what failed before it arrived is a call all the same. */
const grouped = `
  SELECT date(began_at / 1000, 'unixepoch', 'localtime') AS day, model_name, host, place, action, currency,
    count(*) AS calls, sum(coalesce(words, 0)) AS words,
    sum(coalesce(cost_low, 0)) AS low, sum(coalesce(cost_high, reserved, 0)) AS high,
    sum(currency IS NULL AND place IS NOT 'device' AND state <> 'failed') AS unpriced
  FROM receipts WHERE began_at >= ?
  GROUP BY day, model_name, host, place, action, currency ORDER BY day, calls DESC LIMIT 20000`;

/** What models were asked since a time, by day, model, place, action and currency. */
export function usageSince(database: Queries, from: number): readonly UsageGroup[] {
  return database
    .prepare(grouped)
    .all(from)
    .map((row) => ({
      day: String(row['day']),
      modelName: String(row['model_name']),
      host: String(row['host']),
      place: typeof row['place'] === 'string' ? row['place'] : null,
      action: typeof row['action'] === 'string' ? row['action'] : null,
      calls: Number(row['calls']),
      words: Number(row['words']),
      currency: row['currency'] === 'CNY' || row['currency'] === 'USD' ? row['currency'] : null,
      low: Number(row['low']),
      high: Number(row['high']),
      unpriced: Number(row['unpriced']),
    }));
}
