import * as z from 'zod';
import { errorCodes } from '../../contract/errors.ts';
import data from './dialects.json' with { type: 'json' };

const words = z.array(z.string().min(1)).readonly();
/** Written like the inside of a regular expression, read without regard to case. */
const pattern = z.string().transform((source) => new RegExp(source, 'iu'));

/**
 * How servers say the same things in different words: one row of data for each, so that a new one is a line and no code.
 *
 * A refusal is what it says by the first row that fits: by the status (0 within an answer), by a code of the server's own,
 * or by words; a row that has several of these needs all of them.
 */
const schema = z.strictObject({
  thinkingFields: words,
  textFields: words,
  /** Names of events that end an answer. */
  endEvents: words,
  finishReasons: z.strictObject({ stop: words, length: words, filtered: words, failed: words }),
  errors: z.strictObject({ wrappers: words, sentences: words, marks: words, codes: words, raw: words }),
  refusals: z.array(
    z.strictObject({
      code: z.enum(errorCodes),
      statuses: z.array(z.int()).optional(),
      codes: words.optional(),
      says: pattern.optional(),
    }),
  ),
  /** What may be left out of a question where a server refuses it by name, and what is asked with instead. */
  parameters: z.array(
    z.strictObject({
      parameter: z.string(),
      instead: z.string().optional(),
      alsoCalled: words.optional(),
      says: pattern.optional(),
    }),
  ),
  refusing: pattern,
});

export const dialects = schema.parse(data);
