import * as z from 'zod';
import { locatorSchema } from './locator.ts';
import { passageAtSchema } from './passage.ts';
import type { Shape } from './shape.ts';

/** Longest excerpt of a passage, in UTF-16 units. */
export const sourceCharacters = 400;
/** Sentences of an answer that are looked at. */
export const groundedSentenceLimit = 200;

const offset = z.int().min(0);

/** A figure, date or name of an answer that stands nowhere in the text, [start, end) in UTF-16 units of the answer. */
export const nowhereMarkSchema = z.strictObject({
  kind: z.enum(['figure', 'date', 'name']),
  start: offset,
  end: offset,
});
export type NowhereMark = Shape<typeof nowhereMarkSchema>;

/** A sentence of an answer. That nothing in it is named says nothing of whether it is true. */
export const lookedUpSentenceSchema = z.strictObject({
  text: z.string(),
  start: offset,
  end: offset,
  /** In their order; none lies within another. */
  nowhere: z.array(nowhereMarkSchema),
  /** The sentence of the text that is nearest to it, whatever that says; null when none has anything in common with it. */
  nearest: z
    .strictObject({
      /** At most `sourceCharacters` of it. */
      text: z.string(),
      /** Where it stands in its document; null for a text that has no such places. */
      locator: locatorSchema.nullable(),
      at: passageAtSchema,
    })
    .nullable(),
});
export type LookedUpSentence = Shape<typeof lookedUpSentenceSchema>;

/**
 * How the nearest passages were chosen. `none`: by words, since no model for meanings is installed, or words settle all.
 * `pending`: by meaning too, when asked for. `used`: they were. `unfit`: the installed model does not know the language well
 * enough. `failed`: it could not be used this time. What is named as standing nowhere is looked up by words alone, always.
 */
export const groundingMeaningSchema = z.enum(['none', 'pending', 'used', 'unfit', 'failed']);

/**
 * What looking an answer's words up in its text gave. `other-language`: words cannot be compared across languages.
 * `nothing`: no text went along, or it was to be changed.
 */
export const groundingSchema = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('looked-up'),
    sentences: z.array(lookedUpSentenceSchema).max(groundedSentenceLimit),
    meaning: groundingMeaningSchema,
  }),
  z.strictObject({ status: z.literal('other-language') }),
  z.strictObject({ status: z.literal('nothing') }),
]);
export type Grounding = Shape<typeof groundingSchema>;
