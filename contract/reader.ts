import * as z from 'zod';
import { type Contract, stream } from './define.ts';
import { documentKinds } from './document.ts';
import { errorCodes } from './errors.ts';

/**
 * What a reader says of its document, in order: its kind, its text piece by piece, then `finish` or `failure`. Each piece
 * of a PDF is one page. Checked by the parent too: the file may have taken the reader over.
 */
export const readerPartSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('kind'),
    kind: z.enum(documentKinds),
    /** Pages of a PDF; null for what has lines. */
    pages: z.int().min(0).max(10_000_000).nullable(),
  }),
  z.strictObject({ type: z.literal('text'), text: z.string() }),
  z.strictObject({ type: z.literal('finish') }),
  z.strictObject({
    type: z.literal('failure'),
    code: z.enum(errorCodes),
    message: z.string(),
    /** The kind's name of a file that cannot be read yet, as in `locales/` under `fileKind`. */
    kind: z.string().max(40).nullable(),
  }),
]);
export type ReaderPart = z.infer<typeof readerPartSchema>;

/** Answered by a reader process, once: it reads the one document it was started with. */
export const readerContract = {
  requests: {},
  streams: {
    'document.read': stream(
      z.strictObject({
        /** The file's name without its folder: its ending tells Markdown and code from plain text. */
        name: z.string().max(1000),
        bytes: z.int().min(0),
        /** Milliseconds of the processor's time, from the start of the process, after which it stops at the next page. */
        stopAfterMs: z.int().min(100),
        /** The same by the clock: a machine with much else to do reads the same pages, but not for ever. */
        stopAfterClockMs: z.int().min(100),
        /** Page to begin with, from 1; an earlier reader read those before. */
        firstPage: z.int().min(1),
      }),
    ).of(readerPartSchema),
  },
  states: {},
} as const satisfies Contract;
