import * as z from 'zod';
import { usedActionSchema } from './atom.ts';
import { contextKindSchema } from './context.ts';
import { extentSchema } from './document.ts';
import { appErrorSchema } from './error-shape.ts';
import { locatorSchema } from './locator.ts';
import type { Shape } from './shape.ts';

export const excerptCharacters = 20_000;

/** Longest question in characters (UTF-16 units). Longer text belongs into a file. */
export const questionLimit = 2_000_000;

/**
 * How a message stands. `growing` is only ever seen while its run lives; after a crash it is found as `cut`.
 */
export const messageStateSchema = z.enum(['complete', 'growing', 'stopped', 'cut', 'failed']);
export type MessageState = z.infer<typeof messageStateSchema>;

/** What answered, how fast, and what it cost; shown in one quiet line under an answer. */
export const receiptSchema = z.object({
  /** `device`: nothing left the machine. `server`: the text went to `host`. */
  where: z.enum(['device', 'server']),
  host: z.string().nullable(),
  modelId: z.string(),
  modelName: z.string(),
  promptTokens: z.number().nullable(),
  /** Prompt tokens that were already evaluated from an earlier turn. */
  cachedTokens: z.number().nullable(),
  outputTokens: z.number().nullable(),
  contextTokens: z.number().nullable(),
  /** From the start of the run to the first visible text, in milliseconds. */
  firstTextMs: z.number().nullable(),
  /** Words (or Chinese characters) a second, counted from the first text to the end. */
  wordsPerSecond: z.number().nullable(),
  tokensPerSecond: z.number().nullable(),
  /** Earlier messages that no longer fitted the context window and were left out, oldest first. */
  droppedMessages: z.number(),
  /** How many texts of earlier questions did not fit the context window; what was said about them stayed. */
  lostTexts: z.number().exactOptional(),
  /** How many parts were read of a text that was too long for the model at once. */
  coverage: z.strictObject({ read: z.number(), total: z.number() }).exactOptional(),
  /**
   * Where the passages stand that the model was given for a question about long texts, and how many pages or lines there
   * are, null where that is not what the places are counted in. `name` is set when there is more than one text.
   */
  places: z
    .array(
      z.strictObject({ name: z.string().nullable(), places: z.array(locatorSchema), total: z.number().nullable() }),
    )
    .exactOptional(),
});
export type Receipt = Shape<typeof receiptSchema>;

/** A text that went along with a question. Its beginning is told; the whole stays in core. */
export const attachmentSummarySchema = z.strictObject({
  kind: contextKindSchema,
  application: z.string().nullable(),
  title: z.string().nullable(),
  words: z.number(),
  characters: z.number(),
  /** How much of a file was read. */
  extent: extentSchema.nullable(),
  /** At most `excerptCharacters` of it. */
  excerpt: z.string(),
});
export type AttachmentSummary = Shape<typeof attachmentSummarySchema>;

export const messageSchema = z.strictObject({
  id: z.string(),
  conversationId: z.string(),
  role: z.enum(['user', 'assistant']),
  text: z.string(),
  /** What a thinking model wrote before its answer; kept apart, shown folded. */
  thinking: z.string(),
  state: messageStateSchema,
  error: appErrorSchema.nullable(),
  receipt: receiptSchema.nullable(),
  /** True for an answer that was broken off, and that `run.continue` goes on with. */
  canGoOn: z.boolean(),
  /** Texts that a question is about. */
  attachments: z.array(attachmentSummarySchema),
  /** The action that a question used instead of words of the person's own. */
  action: usedActionSchema.nullable(),
  /** Milliseconds since 1970. */
  createdAt: z.number(),
});
export type Message = Shape<typeof messageSchema>;

export const conversationSummarySchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
  questions: z.number(),
  /** The run that is still answering, if any. */
  runningRunId: z.string().nullable(),
});
export type ConversationSummary = Shape<typeof conversationSummarySchema>;

export const conversationSchema = conversationSummarySchema.extend({
  messages: z.array(messageSchema),
});
export type Conversation = Shape<typeof conversationSchema>;

/** A place where a search found its words: `snippet` holds the words around, `ranges` the hits in it as [start, end). */
export const searchHitSchema = z.strictObject({
  conversationId: z.string(),
  messageId: z.string().nullable(),
  title: z.string(),
  snippet: z.string(),
  ranges: z.array(z.tuple([z.number(), z.number()])),
  createdAt: z.number(),
});
export type SearchHit = Shape<typeof searchHitSchema>;
