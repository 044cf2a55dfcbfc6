import * as z from 'zod';
import { clipboardContentSchema } from './desktop.ts';
import type { Shape } from './shape.ts';

/** How much of a kept copy's text a page gets, in UTF-16 units. */
export const clipPreviewCharacters = 300;
export const clipItemsLimit = 500;
export const clipDaysLimit = 90;

/** Something that was copied, as it is listed: what it holds, never all of it. */
export const clipSchema = z.strictObject({
  id: z.string().max(60),
  content: clipboardContentSchema,
  /** When it was copied last, in milliseconds since 1970. */
  at: z.number(),
  /** The beginning of its text, or the names of its files; empty for a picture. Another application's words. */
  preview: z.string().max(clipPreviewCharacters + 10),
  characters: z.int().min(0),
  /** How many files it names. */
  files: z.int().min(0),
  /** Pixels of a picture that tells them. */
  size: z.strictObject({ width: z.int(), height: z.int() }).nullable(),
  /** Counts all of its formats together. */
  bytes: z.int().min(0),
});
export type Clip = Shape<typeof clipSchema>;

/**
 * `off`: as it comes. `no-key-store`: the system keeps no key, so that nothing is kept. `locked`: what was kept was sealed with a
 * key that the system does not give any more; nothing is kept until that is thrown away. `unsupported`: nobody tells here when
 * something is copied.
 */
export const clipsStatusSchema = z.enum(['off', 'starting', 'on', 'no-key-store', 'locked', 'unsupported', 'failed']);
export type ClipsStatus = z.infer<typeof clipsStatusSchema>;

export const clipsStateSchema = z.strictObject({
  status: clipsStatusSchema,
  count: z.int().min(0),
  /** Counts up with every change of what is kept. */
  revision: z.int().min(0),
  /** Why the last thing that was copied was not kept; null when it was. */
  leftOut: z.enum(['secret', 'too-large', 'not-given']).nullable(),
});
export type ClipsState = Shape<typeof clipsStateSchema>;
