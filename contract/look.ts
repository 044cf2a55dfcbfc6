import * as z from 'zod';
import { currencySchema } from './price.ts';
import { policySchema } from './provider.ts';
import { reasonSchema } from './reason.ts';
import type { Shape } from './shape.ts';

/** Longest text that is shown of one message, in UTF-16 units; of a longer one its beginning and its end. */
export const lookCharacters = 200_000;

/** A place in which a pseudonym stands, as [start, end) of the text that leaves, and what it stands for. */
const hiddenPlaceSchema = z.strictObject({
  start: z.int().min(0),
  end: z.int().min(0),
  pseudonym: z.string(),
  secret: z.string(),
});
export type HiddenPlace = Shape<typeof hiddenPlaceSchema>;

export const lookedMessageSchema = z.strictObject({
  role: z.enum(['system', 'user', 'assistant']),
  /** The text as it leaves, with pseudonyms. */
  text: z.string(),
  hidden: z.array(hiddenPlaceSchema),
  /** Characters of its middle that are not shown. */
  leftOut: z.int().min(0),
});
export type LookedMessage = Shape<typeof lookedMessageSchema>;

/** What would be sent, before anything is. */
export const leavingSchema = z.strictObject({
  status: z.literal('leaves'),
  /** What the person agrees to: stands for every byte of the prompt, and who gets it. */
  hash: z.string().max(100),
  messages: z.array(lookedMessageSchema),
  /** All that the request carries, byte for byte, without its headers; its beginning where it is very long. */
  body: z.string(),
  bodyBytes: z.int().min(0),
  host: z.string(),
  /** As the person calls the server, or a provider's name. */
  label: z.string(),
  modelName: z.string(),
  place: z.enum(['this-machine', 'local-network', 'outside']),
  /** Who may keep or learn from it; null for a server of one's own. */
  policy: policySchema.nullable(),
  /** Estimated. */
  promptTokens: z.int().min(0),
  /** The most that the answer may have. */
  answerTokens: z.int().min(0),
  /** From what reading it costs to what the longest answer comes to; null where no price is known. */
  price: z
    .strictObject({ currency: currencySchema, low: z.number(), high: z.number(), on: z.string(), hours: z.boolean() })
    .nullable(),
  /** Prompts that follow are made of the same texts, or of what came of this one. */
  goesOn: z.boolean(),
  /** It is not sent without having been shown. */
  must: z.boolean(),
  reason: reasonSchema,
});
export type Leaving = Shape<typeof leavingSchema>;

export const lookSchema = z.discriminatedUnion('status', [
  leavingSchema,
  /** Nothing would leave. */
  z.strictObject({ status: z.literal('stays'), modelName: z.string(), reason: reasonSchema.nullable() }),
]);
export type Look = Shape<typeof lookSchema>;
