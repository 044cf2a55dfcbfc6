import * as z from 'zod';
import { locatorSchema } from './locator.ts';
import { costSchema } from './price.ts';
import { reasonSchema } from './reason.ts';
import type { Shape } from './shape.ts';

/** One call of a model: who was asked, how much it read and wrote, and how long it took. */
export const entrySchema = z.strictObject({
  /** `device`: nothing left the machine. `server`: the text went to `host`. */
  where: z.enum(['device', 'server']),
  host: z.string().nullable(),
  modelId: z.string(),
  modelName: z.string(),
  promptTokens: z.number().nullable(),
  /** Prompt tokens that were already evaluated from an earlier turn. */
  cachedTokens: z.number().nullable(),
  /** Prompt tokens that were put into a cache; what was thought of what was written. Left out where nobody told. */
  cacheWriteTokens: z.number().optional(),
  outputTokens: z.number().nullable(),
  thinkingTokens: z.number().optional(),
  contextTokens: z.number().nullable(),
  /** Earlier messages that no longer fitted the context window and were left out, oldest first. */
  droppedMessages: z.number(),
  /** Places of the prompt in which a pseudonym stood; left out where none did. */
  hidden: z.number().optional(),
  /** From the call to its end, in milliseconds; null where nobody saw its end. */
  ms: z.number().nullable(),
  /** What it cost, and by which price; left out where no price was known. */
  cost: costSchema.optional(),
});
export type Entry = Shape<typeof entrySchema>;

/** Where the passages of one text stand that an answer was made from. */
const textPlacesSchema = z.strictObject({
  /** A file's name; set when there is more than one text. */
  name: z.string().nullable(),
  places: z.array(locatorSchema),
  /** How many pages or lines there are; null where that is not what the places are counted in. */
  total: z.number().nullable(),
});
export type TextPlaces = Shape<typeof textPlacesSchema>;

/** What an answer was made from. */
export const basisSchema = z.discriminatedUnion('type', [
  /** The conversation, with its texts. */
  z.strictObject({ type: z.literal('whole') }),
  /** The passages of long texts that fitted the question. */
  z.strictObject({ type: z.literal('passages'), texts: z.array(textPlacesSchema) }),
  /** A text that was too long for the model at once, part by part; a part that nothing was written of was not read. */
  z.strictObject({ type: z.literal('parts'), read: z.number(), total: z.number() }),
  /** What the steps of a chain made, one after another. */
  z.strictObject({ type: z.literal('steps'), done: z.number(), total: z.number() }),
  /** What was said about texts of earlier questions, so many of which did not fit the context window. */
  z.strictObject({ type: z.literal('without-earlier-texts'), texts: z.number() }),
]);
export type Basis = Shape<typeof basisSchema>;

/** What answered, what from, and how fast; shown in one quiet line under an answer. */
export const receiptSchema = z.strictObject({
  /** In the order of the calls; those before an answer was gone on with come first. */
  entries: z.array(entrySchema).min(1),
  basis: basisSchema,
  /** From the start of the run to the first visible text, in milliseconds. */
  firstTextMs: z.number().nullable(),
  /** Words (or Chinese characters) a second, counted from the first text to the end. */
  wordsPerSecond: z.number().nullable(),
  tokensPerSecond: z.number().nullable(),
  /** Why it was answered there; left out by versions that did not tell. */
  reason: reasonSchema.exactOptional(),
});
export type Receipt = Shape<typeof receiptSchema>;
