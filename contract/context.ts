import * as z from 'zod';
import { clipboardContentSchema } from './desktop.ts';
import { documentKinds, documentNoteSchema, extentSchema, noteLimit } from './document.ts';
import { appErrorSchema } from './error-shape.ts';
import type { Shape } from './shape.ts';

/** Where a text that goes along with a question comes from. */
export const contextKindSchema = z.enum(['selection', 'clipboard', 'window', 'file']);
export type ContextKind = z.infer<typeof contextKindSchema>;

export const previewCharacters = 4000;

/** What is told of a file beside its name. */
export const fileFactsSchema = z.strictObject({
  /** Null until its content told it. */
  kind: z.enum(documentKinds).nullable(),
  bytes: z.number(),
  /** How much of it was read (so far), in pages or lines; null until that is known. */
  extent: extentSchema.nullable(),
  /** While its pages are read as pictures: how many of how many, and about how long the others take, once that is known. */
  pictures: z.strictObject({ read: z.number(), total: z.number(), leftMs: z.number().nullable() }).exactOptional(),
  /** What was left out of it, and what was guessed; set where there is something. */
  notes: z.array(documentNoteSchema).max(noteLimit).exactOptional(),
});
export type FileFacts = Shape<typeof fileFactsSchema>;

/** Something that can go along with a question. Its text stays in core; a page gets the beginning. */
export const contextChipSchema = z.strictObject({
  id: z.string(),
  kind: contextKindSchema,
  /** Whether it goes along with the next question or action. */
  on: z.boolean(),
  /**
   * `offered`: it is there and is read once it is turned on. `refused`: it is there, and is never read. `reading`: a file.
   * `waiting`: a picture without a model that reads it, which `cause` says; it is read once there is one.
   */
  status: z.enum(['reading', 'waiting', 'ready', 'offered', 'refused', 'failed']),
  /** What the clipboard holds; `text` for everything else. */
  content: clipboardContentSchema,
  /** Where it came from, in that application's own words. */
  application: z.string().nullable(),
  /** Title of the window, or name of the file. */
  title: z.string().nullable(),
  /** 0 while it has not been read. */
  words: z.number(),
  characters: z.number(),
  /** The beginning of the text, at most `previewCharacters` long. */
  preview: z.string().max(previewCharacters),
  editable: z.boolean(),
  /** False for a selection that may have been made in another window, perhaps long ago. */
  fresh: z.boolean(),
  /** It is known to have been made in another one. */
  elsewhere: z.literal(true).exactOptional(),
  /** The application shows no selection, and can be asked for a copy of it once the person agrees. */
  offersCopy: z.literal(true).exactOptional(),
  /** It is the text that went along last: still selected, and asked about already. */
  repeated: z.boolean(),
  /** When it was selected, copied or looked at, in milliseconds since 1970; null where that is not known. */
  capturedAt: z.number().nullable(),
  /** Why there is no text, `capture/…` or `file/…`; null when there is. */
  cause: appErrorSchema.nullable(),
  /** It comes with Beckon, for the first try: it stands as if it were selected. */
  sample: z.literal(true).exactOptional(),
  /** Set for a file alone. */
  file: fileFactsSchema.exactOptional(),
});
export type ContextChip = Shape<typeof contextChipSchema>;

/** What would go along with the next question. */
export const contextStateSchema = z.strictObject({ capturing: z.boolean(), chips: z.array(contextChipSchema) });
export type ContextState = Shape<typeof contextStateSchema>;
