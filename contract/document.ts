import * as z from 'zod';
import { joinLocators, type Locator, linesOf, locatorSchema } from './locator.ts';
import type { Shape } from './shape.ts';

/** Kinds of document that Beckon reads. */
export const documentKinds = [
  'text',
  'markdown',
  'code',
  'table',
  'pdf',
  /** A text of a word processor: DOCX, ODT, RTF, DOC. */
  'document',
  'spreadsheet',
  'presentation',
  'book',
  'web',
  'mail',
  'subtitles',
  /** The lines that stand in a picture. */
  'picture',
  /** Only the list of what is in it. */
  'archive',
] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** Longest text that is taken out of one document, in UTF-8 bytes. */
export const documentTextLimitBytes = 20_000_000;
/** Most sections that a document is read in. */
export const sectionLimit = 100_000;
/** Files that stand as chips at a time. */
export const fileChipLimit = 10;

/** What the length of a document is counted in. */
export const extentUnits = [
  'page',
  'line',
  'paragraph',
  'heading',
  'slide',
  'sheet',
  'row',
  'file',
  'message',
  'second',
] as const;
export const extentUnitSchema = z.enum(extentUnits);

/** How much of a document was read: `read` of `total` pages, lines or what else it is counted in. */
export const extentSchema = z.strictObject({
  unit: extentUnitSchema,
  read: z.number(),
  total: z.number(),
});
export type Extent = Shape<typeof extentSchema>;

/** What of a document is never read: its author hid it, or took it back. */
export const leftOutParts = [
  'hidden-sheet',
  'hidden-row',
  'hidden-column',
  'hidden-slide',
  'hidden-text',
  'deleted-text',
] as const;

/** Encodings that a person can have a text read in, by their names on the web (WHATWG Encoding); `ibm850` is that of DOS. */
export const textEncodings = [
  'utf-8',
  'gb18030',
  'big5',
  'shift_jis',
  'euc-jp',
  'iso-2022-jp',
  'euc-kr',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'windows-1258',
  'windows-874',
  'iso-8859-2',
  'iso-8859-5',
  'koi8-r',
  'ibm866',
  'ibm850',
  'macintosh',
  'x-mac-cyrillic',
  'utf-16le',
  'utf-16be',
] as const;
export const textEncodingSchema = z.enum(textEncodings);
export type TextEncoding = z.infer<typeof textEncodingSchema>;

/** Something that a person has to know of how a document was read. */
export const documentNoteSchema = z.discriminatedUnion('note', [
  z.strictObject({ note: z.literal('left-out'), part: z.enum(leftOutParts), count: z.int().min(1).max(10_000_000) }),
  /** Nothing in the file says what its bytes mean; `encoding` is what they were taken for, as the web names encodings. */
  z.strictObject({ note: z.literal('encoding-guessed'), encoding: z.string().max(40) }),
  /** The person said what its bytes mean. */
  z.strictObject({ note: z.literal('encoding-chosen'), encoding: textEncodingSchema }),
  /** Lines of a picture whose letters are not sure; they are marked in the text, too. */
  z.strictObject({ note: z.literal('doubtful'), count: z.int().min(1).max(10_000_000) }),
  /** Pages whose text was read from a picture of them. */
  z.strictObject({ note: z.literal('pages-as-pictures'), count: z.int().min(1).max(10_000_000) }),
  /** Pages that are pictures and were not read: without the model, since there are too many or all but the first, or in vain. */
  z.strictObject({
    note: z.literal('pages-unread'),
    count: z.int().min(1).max(10_000_000),
    why: z.enum(['no-model', 'too-many', 'failed', 'first-only']),
  }),
]);
export type DocumentNote = Shape<typeof documentNoteSchema>;
/** Kinds of notes that stand on one document. */
export const noteLimit = 20;

/**
 * Where the sections of a document stand in its text, in their order, and how much of it was read. Offsets are UTF-16 units
 * into that text; a section goes to where the next one begins.
 */
export const textPositionsSchema = extentSchema.extend({
  sections: z.array(z.strictObject({ start: z.int().min(0), locator: locatorSchema })).max(sectionLimit),
});
export type TextPositions = Shape<typeof textPositionsSchema>;

/** What stands between two sections that follow one another in a text: nothing where lines are counted through. */
export function betweenSections(one: Locator, other: Locator): '' | '\n\n' {
  return linesOf(one) !== null && linesOf(other) !== null ? '' : '\n\n';
}

/** Where the text between two offsets stands; `end` is not included. Null for a document without a section. */
export function locatorOf({ sections }: TextPositions, text: string, start: number, end: number): Locator | null {
  const last = Math.max(start, end - 1);
  const [from, to] = [sectionAt(sections, start, text), sectionAt(sections, last, text)];
  if (from === null || to === null) return null;
  const [begins, ends] = [narrowed(from, text, start), narrowed(to, text, last)];
  // Sections of which no one locator holds both: where it begins is what a person looks for.
  return joinLocators(begins, ends) ?? begins;
}

export function extentOf({ unit, read, total }: TextPositions): Extent {
  return { unit, read, total };
}

type Section = TextPositions['sections'][number];

/** A section with where its text ends, what stands before the next one included. */
type WholeSection = Section & { readonly end: number };

/** The last section that begins at an offset or before it; else the first. */
function sectionAt(sections: readonly Section[], offset: number, text: string): WholeSection | null {
  let low = 0;
  let high = sections.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sections[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const index = Math.max(low - 1, 0);
  const section = sections[index];
  return section === undefined ? null : { ...section, end: sections[index + 1]?.start ?? text.length };
}

/** A section's locator at one offset in it: where lines are counted, that line alone; of paragraphs, that one. */
function narrowed({ start, end, locator }: WholeSection, text: string, offset: number): Locator {
  if (locator.unit === 'cells') return rowOf(locator, countLineEnds(text, start, offset));
  if (locator.unit === 'paragraph') return paragraphOf(locator, text.slice(start, end).trimEnd(), offset - start);
  const lines = linesOf(locator);
  if (lines === null) return locator;
  const line = lines.first + countLineEnds(text, start, offset);
  const at = { first: line, last: line };
  return locator.unit === 'heading' ? { ...locator, lines: at } : { unit: 'line', ...at };
}

/** One of several paragraphs, where each of them is a line: a paragraph may have a line's end of its own. */
function paragraphOf(paragraphs: Extract<Locator, { unit: 'paragraph' }>, said: string, offset: number): Locator {
  const between = [...said.matchAll(/\n+/g)];
  if (between.length !== paragraphs.last - paragraphs.first) return paragraphs;
  const at = paragraphs.first + between.filter(({ index }) => index < offset).length;
  return { ...paragraphs, first: at, last: at };
}

/** A row of cells, counted from the first: readers of tables write one a line. */
function rowOf(cells: Extract<Locator, { unit: 'cells' }>, line: number): Locator {
  const row = Math.min(cells.from.row + line, cells.to.row);
  return { ...cells, from: { ...cells.from, row }, to: { ...cells.to, row } };
}

function countLineEnds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
