import type { Cost, Currency } from '../../contract/price.ts';
import type { Entry } from '../../contract/receipt.ts';
import type { ReceiptRow } from '../../contract/receipt-log.ts';
import type { Row } from '../queries.ts';

const states = ['sending', 'arrived', 'failed', 'cancelled'] as const;

/** A row of the table as it is told. */
export function rowOf(row: Row): ReceiptRow {
  const currency = currencyOf(row);
  const reserved = numberOf(row['reserved']);
  return {
    id: String(row['id']),
    beganAt: numberOf(row['began_at']) ?? 0,
    settledAt: numberOf(row['settled_at']),
    purpose: String(row['purpose']),
    state: states.find((state) => state === row['state']) ?? 'unknown',
    host: String(row['host']),
    place: textOf(row['place']),
    modelId: String(row['model_id']),
    modelName: String(row['model_name']),
    action: textOf(row['action']),
    reason: textOf(row['reason']),
    hidden: numberOf(row['hidden']) ?? 0,
    sha256: textOf(row['sha256']),
    requests: numberOf(row['requests']),
    sentBytes: numberOf(row['sent_bytes']),
    words: numberOf(row['words']),
    promptTokens: numberOf(row['prompt_tokens']),
    cachedTokens: numberOf(row['cached_tokens']),
    outputTokens: numberOf(row['output_tokens']),
    thinkingTokens: numberOf(row['thinking_tokens']),
    cost: costOf(row),
    reserved: reserved === null || currency === null ? null : { currency, amount: reserved },
    error: textOf(row['error']),
  };
}

/** A row as an entry of an answer's own receipt. */
export function entryOf(row: Row): Entry {
  const [began, settled] = [numberOf(row['began_at']), numberOf(row['settled_at'])];
  const cost = costOf(row);
  const hidden = numberOf(row['hidden']) ?? 0;
  return {
    where: 'server',
    host: String(row['host']),
    modelId: String(row['model_id']),
    modelName: String(row['model_name']),
    promptTokens: numberOf(row['prompt_tokens']),
    cachedTokens: numberOf(row['cached_tokens']),
    outputTokens: numberOf(row['output_tokens']),
    contextTokens: null,
    droppedMessages: 0,
    ms: began === null || settled === null ? null : Math.max(0, settled - began),
    ...(hidden === 0 ? {} : { hidden }),
    ...(cost === null ? {} : { cost }),
  };
}

function costOf(row: Row): Cost | null {
  const [currency, low, high] = [currencyOf(row), numberOf(row['cost_low']), numberOf(row['cost_high'])];
  if (currency === null || low === null || high === null) return null;
  return { currency, low, high, row: textOf(row['price_row']) ?? '', on: textOf(row['price_on']) ?? '' };
}

function currencyOf(row: Row): Currency | null {
  const currency = row['currency'];
  return currency === 'USD' || currency === 'CNY' ? currency : null;
}

function numberOf(value: Row[string] | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

export function textOf(value: Row[string] | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
