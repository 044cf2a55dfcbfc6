import * as z from 'zod';
import { usedActionSchema } from './atom.ts';
import { contextKindSchema } from './context.ts';
import { extentSchema } from './document.ts';
import { appErrorSchema } from './error-shape.ts';
import { receiptSchema } from './receipt.ts';
import type { Shape } from './shape.ts';

export const excerptCharacters = 20_000;

/** Longest question in characters (UTF-16 units). Longer text belongs into a file. */
export const questionLimit = 2_000_000;

/**
 * How a message stands. `growing` is only ever seen while its run lives; after a crash it is found as `cut`.
 */
export const messageStateSchema = z.enum(['complete', 'growing', 'stopped', 'cut', 'failed']);
export type MessageState = z.infer<typeof messageStateSchema>;

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

/** The first text that a chat is about, as a list shows it. */
const chatSourceSchema = z.strictObject({
  kind: contextKindSchema,
  application: z.string().nullable(),
  title: z.string().nullable(),
  /** Null for chats of versions that did not count them. */
  words: z.number().nullable(),
});

/** A chat in a list. */
export const conversationRowSchema = conversationSummarySchema.extend({
  /** When it was pinned, in milliseconds since 1970; null for one that is not. */
  pinnedAt: z.number().nullable(),
  /** Null for a chat that is about no text. */
  source: chatSourceSchema.nullable(),
  /** The server that its last question went to; null when all of it was answered here. */
  host: z.string().nullable(),
});
export type ConversationRow = Shape<typeof conversationRowSchema>;

export const conversationSchema = conversationSummarySchema.extend({
  messages: z.array(messageSchema),
  /** The answer to the last question that another model's stands in the place of; kept until Beckon ends. */
  former: messageSchema.exactOptional(),
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
