import * as z from 'zod';
import type { Shape } from './shape.ts';

/** What can be wrong at a place of a JSON file that a person may write by hand. */
export const fileFaultNames = [
  'json',
  'twice',
  'missing',
  'unknown',
  'choice',
  'type',
  'short',
  'long',
  'id',
  'takes',
  'keyword',
  'other',
] as const;

/**
 * What is wrong there, flat so that an error can carry it among its values; `sayFileFault` makes a phrase of it. What a
 * program has no words for is `other`, with its English.
 */
export const fileFaultSchema = z.strictObject({
  fault: z.enum(fileFaultNames),
  /** From 1; left out where it is in no step of a chain. */
  step: z.number().exactOptional(),
  /** The name in the file; left out where the whole file is wrong. */
  field: z.string().exactOptional(),
  /** What may stand there, as a file says it. */
  choices: z.string().exactOptional(),
  /** `text`, `number`, `yesOrNo`, `list` or `group`, which is what has to stand there. */
  type: z.string().exactOptional(),
  /** The step's `do`. */
  does: z.string().exactOptional(),
  /** The types that the step takes, with a space between. */
  takes: z.string().exactOptional(),
  /** The type that comes to it. */
  got: z.string().exactOptional(),
  keyword: z.string().exactOptional(),
});
export type FileFault = Shape<typeof fileFaultSchema>;
