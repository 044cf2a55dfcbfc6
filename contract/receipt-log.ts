import * as z from 'zod';
import { costSchema, currencySchema } from './price.ts';
import { policySchema } from './provider.ts';
import type { Shape } from './shape.ts';

/** One call of a model as it was written down: of this machine (`place` is `device`), or of a server. */
export const receiptRowSchema = z.strictObject({
  id: z.string(),
  /** Milliseconds since 1970; the second is null while nobody knows of its end. */
  beganAt: z.number(),
  settledAt: z.number().nullable(),
  purpose: z.string(),
  /** `sending`: under way. `unknown`: it may have been sent, and nobody knows more. */
  state: z.enum(['sending', 'arrived', 'failed', 'cancelled', 'unknown']),
  host: z.string(),
  place: z.string().nullable(),
  modelId: z.string(),
  modelName: z.string(),
  /** The id of the action; null for a question in one's own words. */
  action: z.string().nullable(),
  reason: z.string().nullable(),
  hidden: z.number(),
  /** Hash of the first body that was sent. */
  sha256: z.string().nullable(),
  requests: z.number().nullable(),
  sentBytes: z.number().nullable(),
  /** Words that were sent and written; null where nobody counted them. */
  words: z.number().nullable(),
  promptTokens: z.number().nullable(),
  cachedTokens: z.number().nullable(),
  outputTokens: z.number().nullable(),
  thinkingTokens: z.number().nullable(),
  /** Null where no price is known, or nothing left this machine. */
  cost: costSchema.nullable(),
  /** What was set aside for it in its budget, the most that it could cost. */
  reserved: z.strictObject({ currency: currencySchema, amount: z.number() }).nullable(),
  error: z.string().nullable(),
});
export type ReceiptRow = Shape<typeof receiptRowSchema>;

/** A call with what is known of who was asked: as the person calls it, and who may keep or learn from what it was sent. */
export const toldCallSchema = receiptRowSchema.extend({
  /** Null where the server is no longer there. */
  label: z.string().nullable(),
  /** Null for a server of one's own, and where the server is no longer there. */
  policy: policySchema.nullable(),
});
export type ToldCall = Shape<typeof toldCallSchema>;

/** All that was written down of the calls for one answer. */
export const answerReceiptSchema = z.strictObject({
  /** In their order. */
  calls: z.array(toldCallSchema),
  /** Pseudonyms that left for it and what they stand for; none once Beckon was started anew, since nothing keeps them. */
  pseudonyms: z.array(z.strictObject({ pseudonym: z.string(), secret: z.string() })),
  /** Lines of the log about these calls, as they are exported. */
  lines: z.array(z.string()),
});
export type AnswerReceipt = Shape<typeof answerReceiptSchema>;

/**
 * What is wrong with a log, at its first line that is. `changed`: the line says another thing than it said. `replaced`: the line
 * is one that was made later. `missing`, `moved`: lines before it are not there, or stand elsewhere. `unreadable`: it is no line.
 * `end-missing`: entries there are have no line. `differs`: what is shown of an entry is not what its lines say.
 */
export const logFaultSchema = z.strictObject({
  what: z.enum(['changed', 'replaced', 'missing', 'moved', 'unreadable', 'end-missing', 'differs']),
  /** The number of the line. */
  line: z.number(),
  /** When it says that it was written, in milliseconds since 1970; null where it does not. */
  at: z.number().nullable(),
  /** Lines from it on, which prove nothing any more. */
  after: z.number(),
});
export type LogFault = Shape<typeof logFaultSchema>;

export const logReportSchema = z.strictObject({
  lines: z.number(),
  /** Calls of models that the lines are about. */
  entries: z.number(),
  /** The hash of the last line: whoever has written it down can tell later that nothing before it was changed. */
  head: z.string().nullable(),
  fault: logFaultSchema.nullable(),
  /** Calls whose lines were made anew when a damaged file was mended, since theirs were lost; left out where there are none. */
  mended: z.number().optional(),
});
export type LogReport = Shape<typeof logReportSchema>;
