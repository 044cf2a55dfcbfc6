import * as z from 'zod';
import { type Contract, stream } from './define.ts';
import { documentKinds, documentNoteSchema, extentUnitSchema, textEncodingSchema } from './document.ts';
import { errorCodes } from './errors.ts';
import { locatorSchema } from './locator.ts';
import type { Shape } from './shape.ts';

/** Why a page may be a picture: it has no text, text of letters that mean nothing, or less than a page has. */
export const textLayers = ['none', 'unreadable', 'little'] as const;
export type TextLayer = (typeof textLayers)[number];

/** Pages of one document that are looked at for being pictures. */
export const lookedPageLimit = 5000;
/** Characters of base64 in one message that brings a part of a picture. */
const pictureTextLimit = 2_000_000;

const amount = z.int().min(0).max(10_000_000);

/**
 * Where to go on reading a document, in its reader's own words: what a page of a PDF, a sheet or a message is to whoever
 * reads that kind. Nobody else looks into it.
 */
export const resumeTokenSchema = z.string().max(200);
export type ResumeToken = z.infer<typeof resumeTokenSchema>;

/**
 * What a reader says of its document, in order: its kind, its sections, then `finish` or `failure`. Checked by the parent
 * too: the file may have taken the reader over.
 */
export const readerPartSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('kind'),
    kind: z.enum(documentKinds),
    /** What its length is counted in. */
    unit: extentUnitSchema,
    /**
     * How many there are, or about as many as the document says; the end tells how many there were. Null where only the end
     * tells: what is missing of such a document cannot be said.
     */
    total: amount.nullable(),
    /** What it means when all of its text is shorter than so many characters, such as a PDF of pictures of pages. */
    withoutText: z.strictObject({ below: z.int().min(1).max(100), code: z.enum(errorCodes) }),
  }),
  z.strictObject({
    type: z.literal('section'),
    locator: locatorSchema,
    text: z.string(),
    /** How many of the document's units were read with this section and all before it. */
    read: amount,
    /** Where to go on after it. */
    resume: resumeTokenSchema,
    /** Set for a page whose own text may not be all that stands on it. */
    textLayer: z.enum(textLayers).exactOptional(),
  }),
  /** Counts of one part of a document that come one after another are added up. */
  z.strictObject({ type: z.literal('note'), note: documentNoteSchema }),
  z.strictObject({
    type: z.literal('finish'),
    /** False where the reader stopped for its time or for the limit of text. */
    whole: z.boolean(),
  }),
  z.strictObject({
    type: z.literal('failure'),
    code: z.enum(errorCodes),
    message: z.string(),
    /** The kind's name of a file that cannot be read yet, as in `locales/` under `fileKind`. */
    kind: z.string().max(40).nullable(),
  }),
]);
export type ReaderPart = Shape<typeof readerPartSchema>;

/** A page of a document as a picture: `bytes` of a PNG, then the `page` they belong to; a page that is none has no bytes. */
export const drawnPartSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('bytes'), bytes: z.string().max(pictureTextLimit) }),
  z.strictObject({
    type: z.literal('page'),
    page: amount,
    /** `scan`: what stands on it has to be read from a picture of it. `text`: its own text is all. `blank`: nothing is. */
    holds: z.enum(['scan', 'text', 'blank']),
  }),
  z.strictObject({ type: z.literal('finish') }),
]);
export type DrawnPart = Shape<typeof drawnPartSchema>;

const askedPageSchema = z.strictObject({ page: amount, textLayer: z.enum(textLayers) });
export type AskedPage = Shape<typeof askedPageSchema>;

/** Answered by a reader process, once: it reads the one document it was started with. */
export const readerContract = {
  requests: {},
  streams: {
    'document.read': stream(
      z.strictObject({
        /** The file's name without its folder: its ending tells Markdown and code from plain text. */
        name: z.string().max(1000),
        bytes: z.int().min(0),
        /** Milliseconds of the processor's time, from the start of the process, after which it stops at the next section. */
        stopAfterMs: z.int().min(100),
        /** Bounds the time by the clock, too: a machine with much else to do reads the same sections, but not for ever. */
        stopAfterClockMs: z.int().min(100),
        /** Where an earlier reader of this document came to; null for the beginning. */
        resume: resumeTokenSchema.nullable(),
        /** What the person said that the bytes of a text mean; absent where that is to be told by them. */
        encoding: textEncodingSchema.exactOptional(),
      }),
    ).of(readerPartSchema),
    /** Tells of pages of a PDF whether they are pictures, in the order given, and `draws` those that are. */
    'document.draw': stream(
      z.strictObject({
        bytes: z.int().min(0),
        pages: z.array(askedPageSchema).max(lookedPageLimit),
        draws: z.boolean(),
      }),
    ).of(drawnPartSchema),
  },
  states: {},
} as const satisfies Contract;
