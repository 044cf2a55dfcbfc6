import type { Receipt } from '../../contract/conversation.ts';
import type { GenerateUsage } from '../../contract/engine.ts';
import type { ModelIdentity } from '../../models/language-model.ts';
import type { Coverage } from './in-parts.ts';

/** What an answer came to, at its end. */
export interface AnswerMeasures {
  readonly identity: ModelIdentity;
  readonly usage: GenerateUsage | null;
  /** Milliseconds from the start of the run to its first text; null where there was none. */
  readonly firstTextMs: number | null;
  /** Seconds from its first text to its end. */
  readonly seconds: number;
  /** Words that this run wrote. */
  readonly words: number;
  readonly coverage: Coverage | null;
  readonly places: NonNullable<Receipt['places']> | null;
  readonly lostTexts: number;
}

/** The receipt of an answer that has text. */
export function answerReceipt(measures: AnswerMeasures): Receipt {
  const { identity, usage, firstTextMs, seconds, words, coverage, places, lostTexts } = measures;
  const perSecond = (amount: number | null) =>
    amount === null || seconds < 0.05 ? null : Math.round((amount / seconds) * 10) / 10;
  return {
    where: identity.where,
    host: identity.host,
    modelId: identity.id,
    modelName: identity.name,
    promptTokens: usage?.promptTokens ?? null,
    cachedTokens: usage?.cachedTokens ?? null,
    outputTokens: usage?.outputTokens ?? null,
    contextTokens: usage?.contextTokens ?? null,
    firstTextMs,
    wordsPerSecond: perSecond(words),
    tokensPerSecond: perSecond(usage?.outputTokens ?? null),
    droppedMessages: usage?.droppedMessages ?? 0,
    ...(coverage === null ? {} : { coverage }),
    ...(places === null ? {} : { places }),
    ...(lostTexts === 0 ? {} : { lostTexts }),
  };
}
