import { sha256Of } from '../../core/receipt-chain.ts';
import type { Receipts } from '../../core/receipts/receipts.ts';
import type { Destination } from '../../core/sending/destination.ts';
import type { NewEntry, Settlement } from '../../core/sending/receipt-book.ts';

export const to: Destination = {
  ...{ serverId: 's-1', address: 'https://api.example/v1', origin: 'https://api.example', host: 'api.example' },
  ...{ place: 'outside', modelId: 'server:s-1:m', modelName: 'm' },
};
export const entry: NewEntry = {
  ...{ purpose: 'answer', to, messageId: null, hidden: 2, body: { sha256: sha256Of('text'), bytes: 4 } },
  ...{ price: { row: 'abc', on: '2026-11-12' }, reserved: { currency: 'CNY', amount: 0.05 } },
};
export const arrived: Settlement = {
  ...{ state: 'arrived', requests: 1, sentBytes: 120, promptTokens: 7, outputTokens: 2, error: null, cachedTokens: 3 },
  cost: { currency: 'CNY', low: 0.001, high: 0.0123456789, row: 'abc', on: '2026-11-12' },
};
export const local = (modelName = 'Qwen') => ({
  entry: {
    ...{ modelId: 'qwen', modelName, promptTokens: 10, cachedTokens: null, outputTokens: 4, ms: 4 },
  },
  endedAt: 9,
  words: () => 14,
});

/** Calls of servers and of this machine; answers how many lines they have. */
export function fillLog(receipts: Receipts, calls = 6): number {
  for (let call = 0; call < calls; call += 1) {
    receipts.settle(receipts.begin(entry), arrived);
    receipts.addLocal('m-gone', [local()]);
  }
  return calls * 3;
}
