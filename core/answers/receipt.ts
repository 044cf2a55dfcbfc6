import type { Reason } from '../../contract/reason.ts';
import type { Basis, Entry, Receipt } from '../../contract/receipt.ts';
import { countWords } from '../../text/words.ts';

/** What a run came to, at its end. */
export interface AnswerMeasures {
  /** What the answer had before it was gone on with. */
  readonly former: Receipt | null;
  readonly calls: readonly Entry[];
  readonly basis: Basis;
  /** All of the answer, and where it is gone on from. */
  readonly text: string;
  readonly before: string;
  /** By `performance.now()`; the first text is null where there was none. */
  readonly startedAt: number;
  readonly firstTextAt: number | null;
  /** Why the model that was asked last answered; null where nothing chose. */
  readonly reason: Reason | null;
}

/** A shorter time tells no speed. */
const leastSeconds = 0.05;

/** The receipt of an answer; null where nothing is written, or no model was asked. */
export function makeReceipt(measures: AnswerMeasures): Receipt | null {
  const { former, calls, basis, text, before, startedAt, firstTextAt } = measures;
  const reason = measures.reason ?? former?.reason ?? null;
  const entries = [...(former?.entries ?? []), ...calls];
  if (text === '' || entries.length === 0) return null;
  const seconds = firstTextAt === null ? 0 : (performance.now() - firstTextAt) / 1000;
  const perSecond = (amount: number) => (seconds < leastSeconds ? null : Math.round((amount / seconds) * 10) / 10);
  const written = calls.map(({ outputTokens }) => outputTokens).filter((count) => count !== null);
  return {
    entries,
    basis,
    firstTextMs: firstTextAt === null ? null : Math.round(firstTextAt - startedAt),
    wordsPerSecond: perSecond(countWords(text) - countWords(before)),
    tokensPerSecond: written.length === 0 ? null : perSecond(written.reduce((sum, count) => sum + count, 0)),
    ...(reason === null ? {} : { reason }),
  };
}
