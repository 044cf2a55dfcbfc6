import * as z from 'zod';
import { extentSchema } from './document.ts';
import { locatorNameCharacters, locatorSchema } from './locator.ts';
import type { Shape } from './shape.ts';

/** Most texts that an answer is about. */
const textLimit = 100;
const offset = z.int().min(0).max(100_000_000);

/** Where a passage stands: in which of the texts that an answer is about, and from where to where, in UTF-16 units. */
export const passageAtSchema = z.strictObject({ text: z.int().min(0).max(textLimit), start: offset, end: offset });
export type PassageAt = Shape<typeof passageAtSchema>;

/** Characters of a text that are shown before a passage, and after it. */
export const aroundCharacters = 6000;

/** A passage with what stands around it on its page, slide or sheet, or in its text. */
export const passageSchema = z.strictObject({
  /** The file's name, or the window's title; it comes from outside. */
  title: z.string().nullable(),
  locator: locatorSchema.nullable(),
  extent: extentSchema.nullable(),
  before: z.string().max(aroundCharacters),
  passage: z.string(),
  after: z.string().max(aroundCharacters),
  /**
   * What became of the file it was read from. `changed`: it was written since, so that the passage may stand elsewhere or
   * nowhere. `none`: it was read from no file, or by a version that did not keep which.
   */
  file: z.enum(['same', 'changed', 'gone', 'none']),
});
export type Passage = Shape<typeof passageSchema>;

/** How a file was opened. `at-place`: its viewer was told the place. `opened`: it was not, since it takes none. */
export const openedSchema = z.strictObject({
  how: z.enum(['at-place', 'opened']),
  /** The viewer, as its own entry in the menu names it; null where that is not known. */
  viewer: z.string().max(200).nullable(),
});
export type Opened = Shape<typeof openedSchema>;

/** A place that viewers can be told. */
export const viewerPlaceSchema = z.discriminatedUnion('unit', [
  z.strictObject({ unit: z.literal('page'), number: z.int().min(1) }),
  z.strictObject({ unit: z.literal('line'), number: z.int().min(1) }),
  /** Counted from 1. */
  z.strictObject({
    unit: z.literal('cell'),
    sheet: z.string().max(locatorNameCharacters),
    row: z.int().min(1),
    column: z.int().min(1),
  }),
]);
export type ViewerPlace = Shape<typeof viewerPlaceSchema>;
