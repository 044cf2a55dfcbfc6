import * as z from 'zod';
import { cardLimitBytes } from './card.ts';
import { type Contract, request, stream } from './define.ts';
import { errorCodes } from './errors.ts';
import type { Shape } from './shape.ts';

/** Largest picture that is read, as a file and in pixels: larger than any camera of a telephone makes. */
export const pictureLimits = { bytes: 64_000_000, pixels: 50_000_000 } as const;
/** Most lines that are read of one picture. */
export const pictureLineLimit = 2000;
/** A line whose letters are less sure than this is doubtful: it is told as such to whoever reads it. */
export const doubtBelow = 0.6;
/** Bytes of a picture that go in one message. */
export const pictureChunkBytes = 1_000_000;

const amount = z.int().min(0).max(100_000);

/** In pixels of the picture as it is read: the way up in which most of its lines lie. */
const boxSchema = z.strictObject({ x: amount, y: amount, width: amount, height: amount });

/**
 * What is read of a picture, in the order of reading: how many lines there are to read, each of them, then `finish` or
 * `failure`. Checked by the parent too: the picture may have taken the process over.
 */
export const sightPartSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('found'),
    lines: z.int().min(0).max(pictureLineLimit),
    /** Pages of its file that are not read; left out where there are none. */
    morePages: amount.exactOptional(),
  }),
  z.strictObject({
    type: z.literal('line'),
    text: z.string().max(2000),
    /** How sure its letters are, from 0 to 1. */
    confidence: z.number().min(0).max(1),
    box: boxSchema,
  }),
  z.strictObject({ type: z.literal('finish') }),
  z.strictObject({ type: z.literal('failure'), code: z.enum(errorCodes), message: z.string().max(1000) }),
]);
export type SightPart = Shape<typeof sightPartSchema>;
export type SightLine = Extract<SightPart, { readonly type: 'line' }>;

/** What a picture carries of an answer card: text in its own data, or the text of a code that is drawn on it. */
export const foundCardSchema = z.strictObject({
  data: z.string().max(cardLimitBytes).nullable(),
  code: z.string().max(5000).nullable(),
  /** SHA-256 of the packed pixels of a picture with a card in its data. */
  pixels: z.string().length(64).nullable(),
});
export type FoundCard = Shape<typeof foundCardSchema>;

/** Answered by a process that reads pictures, one after another. It has its models from its start, and no path. */
export const sightContract = {
  requests: {
    /** Adds bytes of the next picture's file, in base64; `first` forgets what an earlier one left. */
    'sight.take': request(z.strictObject({ first: z.boolean(), bytes: z.string().max(2 * pictureChunkBytes) })).returns(
      z.null(),
    ),
    /** Looks for an answer card in the picture that was taken; no model is needed for it. Fails with `picture/…`. */
    'sight.card': request(z.strictObject({})).returns(foundCardSchema),
  },
  streams: {
    /** Reads the picture that was taken. */
    'sight.read': stream(z.strictObject({})).of(sightPartSchema),
  },
  states: {},
} as const satisfies Contract;
