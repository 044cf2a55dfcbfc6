import type { ReceiptRow } from '../contract/receipt-log.ts';

/**
 * A call by the names of OpenTelemetry's conventions for generative AI, as far as there is one; the rest under `beckon.`.
 * None of those names is stable yet: docs/receipts.md says which are used.
 */
export function otelLine(row: ReceiptRow): Readonly<Record<string, unknown>> {
  const isHere = row.place === 'device';
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': isHere ? 'beckon' : row.host,
    'gen_ai.request.model': row.modelName,
    'gen_ai.usage.input_tokens': row.promptTokens,
    'gen_ai.usage.cache_read.input_tokens': row.cachedTokens,
    'gen_ai.usage.output_tokens': row.outputTokens,
    'gen_ai.usage.reasoning.output_tokens': row.thinkingTokens,
    'server.address': isHere ? null : row.host,
    'error.type': row.error,
    'beckon.state': row.state,
    'beckon.action': row.action,
    'beckon.reason': row.reason,
    'beckon.pseudonyms': row.hidden,
    'beckon.sent.bytes': row.sentBytes,
    'beckon.sent.sha256': row.sha256,
    'beckon.cost.currency': row.cost?.currency ?? null,
    'beckon.cost.low': row.cost?.low ?? null,
    'beckon.cost.high': row.cost?.high ?? null,
    'beckon.price.row': row.cost?.row ?? null,
    'beckon.price.on': row.cost?.on ?? null,
  };
  return {
    name: `chat ${row.modelName}`,
    span_id: row.id,
    start_time: timeOf(row.beganAt),
    end_time: row.settledAt === null ? null : timeOf(row.settledAt),
    attributes: Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null)),
  };
}

/** A time that cannot be one, as of a file that was damaged, is none. */
function timeOf(at: number): string | null {
  return Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : null;
}
