import type { Entry, Receipt } from '../../contract/receipt.ts';
import type { AnswerReceipt, ToldCall } from '../../contract/receipt-log.ts';

/** The calls of a receipt as they are shown: as the log has them, or as the answer's own receipt does where the log has none. */
export function shownCalls(receipt: Receipt, read: AnswerReceipt): readonly ToldCall[] {
  return read.calls.length > 0 ? read.calls : receipt.entries.map(fromEntry);
}

export function isHere({ place }: Pick<ToldCall, 'place'>): boolean {
  return place === 'device';
}

/** From its beginning to its end, in milliseconds; null where nobody saw one of them. */
export function durationOf({ beganAt, settledAt }: Pick<ToldCall, 'beganAt' | 'settledAt'>): number | null {
  return beganAt === 0 || settledAt === null ? null : Math.max(0, settledAt - beganAt);
}

/** All that can be told of them, for whoever wants to check it elsewhere. What pseudonyms stood for is not in it. */
export function asJson(answerId: string, receipt: Receipt, read: AnswerReceipt): string {
  const log = read.lines.map((line) => JSON.parse(line) as unknown);
  return JSON.stringify({ answer: answerId, receipt, calls: read.calls, log }, null, 2);
}

/** When it was is not in it: a beginning at 0 stands for that. */
function fromEntry(entry: Entry, index: number): ToldCall {
  const { where, host, modelId, modelName, promptTokens, cachedTokens, outputTokens, thinkingTokens = null } = entry;
  return {
    ...{ id: String(index), beganAt: 0, settledAt: null, purpose: 'answer', state: 'arrived', host: host ?? '' },
    ...{ place: where === 'device' ? 'device' : null, modelId, modelName, action: null, reason: null },
    ...{ hidden: entry.hidden ?? 0, sha256: null, requests: null, sentBytes: null, words: null },
    ...{ promptTokens, cachedTokens, outputTokens, thinkingTokens, cost: entry.cost ?? null },
    ...{ reserved: null, error: null, label: null, policy: null },
  };
}
