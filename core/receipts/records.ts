import type { Entry } from '../../contract/receipt.ts';
import type { RecordFields } from '../receipt-columns.ts';
import type { NewEntry, Settlement } from '../sending/receipt-book.ts';

/** A call of the model on this machine, told when it has ended: nothing left, so that nothing had to be told before. */
export interface LocalCall {
  readonly entry: Pick<
    Entry,
    'modelId' | 'modelName' | 'promptTokens' | 'cachedTokens' | 'outputTokens' | 'thinkingTokens' | 'ms'
  >;
  /** Milliseconds since 1970. */
  readonly endedAt: number;
  /** Counts what it read and wrote. */
  readonly words: () => number;
}

const longestName = 300;

/** A name from outside as it is written down: bounded, and of characters that every reader gets back as they are. */
export function nameOf(text: string): string {
  return text.slice(0, longestName).toWellFormed().replaceAll('\0', '\ufffd');
}

/** A prompt is about to leave. */
export function beginRecord(id: string, at: number, action: string | null, entry: NewEntry): RecordFields {
  const { purpose, to, messageId, hidden = 0, body = null, price = null, reserved = null, reason = null } = entry;
  return {
    ...{ kind: 'begin', at, id, purpose, host: nameOf(to.host), place: to.place, server: to.serverId },
    ...{ model: nameOf(to.modelId), name: nameOf(to.modelName), answer: messageId, action, hidden },
    reason: reason === null ? null : nameOf(reason),
    body: body === null ? null : { ...body },
    price: price === null ? null : { row: price.row, on: price.on },
    reserved: reserved === null ? null : { currency: reserved.currency, amount: reserved.amount },
  };
}

/** How it ended, or that nobody knows. */
export function settleRecord(
  id: string,
  at: number,
  settlement: Settlement | { readonly state: 'unknown' },
): RecordFields {
  if (settlement.state === 'unknown') return { kind: 'settle', at, id, state: 'unknown' };
  const { state, requests, sentBytes, bodies = [], error, cost = null, words = null } = settlement;
  const { promptTokens, cachedTokens, cacheWriteTokens, outputTokens, thinkingTokens } = settlement;
  return {
    ...{ kind: 'settle', at, id, state, requests, bytes: sentBytes, error, words },
    bodies: bodies.map((body) => ({ ...body })),
    tokens: {
      ...{ prompt: promptTokens, cached: cachedTokens ?? null, cacheWrite: cacheWriteTokens ?? null },
      ...{ output: outputTokens, thinking: thinkingTokens ?? null },
    },
    cost: cost === null ? null : { ...cost },
  };
}

/** A call of the model on this machine. */
export function callRecord(id: string, answerId: string, action: string | null, call: LocalCall): RecordFields {
  const { entry, endedAt, words } = call;
  const { ms, modelId, modelName, promptTokens, cachedTokens, outputTokens, thinkingTokens = null } = entry;
  return {
    ...{ kind: 'call', at: endedAt - (ms ?? 0), ended: endedAt, id, answer: answerId, action },
    ...{ state: ms === null ? 'cancelled' : 'arrived', model: nameOf(modelId), name: nameOf(modelName) },
    words: words(),
    tokens: {
      ...{ prompt: promptTokens, cached: cachedTokens, cacheWrite: null },
      ...{ output: outputTokens, thinking: thinkingTokens },
    },
  };
}
