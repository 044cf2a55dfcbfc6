import * as z from 'zod';
import { errorCodes } from '../../contract/errors.ts';
import data from './dialects.json' with { type: 'json' };
import refusalRows from './refusals.json' with { type: 'json' };

const words = z.array(z.string().min(1)).readonly();
/** Written like the inside of a regular expression, read without regard to case. */
const pattern = z.string().transform((source) => new RegExp(source, 'iu'));

/**
 * How servers say the same things in different words: one row of data for each, so that a new one is a line and no code.
 */
const schema = z.strictObject({
  thinkingFields: words,
  textFields: words,
  /** Where a model asks for a tool, which none is offered to. */
  toolFields: words,
  /** What tells an answer of another protocol: the kind it names, how that begins, or a field. */
  otherProtocols: z.strictObject({ kinds: words, kindsBegin: z.string().min(1), fields: words }),
  /** Names of events that end an answer. */
  endEvents: words,
  /** `none`: it has not ended; `full`: the model holds no more, which is no limit of the answer. */
  finishReasons: z.strictObject({
    none: words,
    stop: words,
    length: words,
    full: words,
    filtered: words,
    failed: words,
  }),
  /** Fields of what is told of an error; `waits`: how long to wait, in seconds. */
  errors: z.strictObject({
    wrappers: words,
    sentences: words,
    marks: words,
    codes: words,
    raw: words,
    /** Fields of what is told beside an error that say something by being there (`has:metadata.reasons`). */
    speaking: words,
    /** Where the field of the question is named that an error is about, and what may stand before its name. */
    fields: words,
    places: words,
    /** Objects in which a sentence may stand under the name of the field. */
    fieldMaps: words,
    waits: words,
  }),
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

/**
 * A refusal is what it says by the first row that fits: by the status (0 within an answer), by a code of the server's own
 * or the kind it names, by the parameter it is about, or by words; a row that has several of these needs all of them.
 * A code that is a bare number to some servers is written with the fields that it stands in (`error.code:1112`).
 */
export const refusalSchema = z.strictObject({
  code: z.enum(errorCodes),
  /** Which of the sentences of the code. */
  context: z.string().optional(),
  /** Whose servers were seen to say it so. */
  seen: words.optional(),
  statuses: z.array(z.int()).optional(),
  codes: words.transform((codes) => codes.map((code) => code.toLowerCase())).optional(),
  params: words.optional(),
  says: words.transform((sayings) => new RegExp(sayings.join('|'), 'iu')).optional(),
});

export type Refusal = z.output<typeof refusalSchema>;

export const dialects = schema.parse(data);
export const refusalsByWords = z.array(refusalSchema).parse(refusalRows);
