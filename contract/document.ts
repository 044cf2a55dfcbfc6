import * as z from 'zod';
import type { Shape } from './shape.ts';

/** Kinds of document that Beckon reads. */
export const documentKinds = ['text', 'markdown', 'code', 'table', 'pdf'] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** Longest text that is taken out of one document, in UTF-8 bytes. */
export const documentTextLimitBytes = 20_000_000;
/** Files that stand as chips at a time. */
export const fileChipLimit = 10;

/**
 * Where the parts of a document stand in its text. Offsets are UTF-16 units into that text. Lines are counted in the text
 * itself; pages begin at `starts`, the first page at `starts[0]`, and `total` counts the pages that were not read too.
 */
export const textPositionsSchema = z.discriminatedUnion('unit', [
  z.strictObject({ unit: z.literal('line') }),
  z.strictObject({
    unit: z.literal('page'),
    starts: z.array(z.int().min(0)).max(100_000),
    total: z.int().min(0).max(10_000_000),
  }),
]);
export type TextPositions = z.infer<typeof textPositionsSchema>;

/** Pages or lines, counted from 1, both ends included. */
export const placeSchema = z.strictObject({
  unit: z.enum(['page', 'line']),
  first: z.int().min(1),
  last: z.int().min(1),
});
export type Place = Shape<typeof placeSchema>;

/** How much of a document was read: `read` of `total` pages or lines. */
export const extentSchema = z.strictObject({
  unit: z.enum(['page', 'line']),
  read: z.number(),
  total: z.number(),
});
export type Extent = Shape<typeof extentSchema>;

/** The pages or lines that the text between two offsets stands on; `end` is not included. */
export function placeOf(positions: TextPositions, text: string, start: number, end: number): Place {
  const last = Math.max(start, end - 1);
  if (positions.unit === 'page') {
    return { unit: 'page', first: pageAt(positions.starts, start), last: pageAt(positions.starts, last) };
  }
  const first = 1 + countLineEnds(text, 0, start);
  return { unit: 'line', first, last: first + countLineEnds(text, start, last) };
}

export function extentOf(positions: TextPositions, text: string): Extent {
  if (positions.unit === 'page') return { unit: 'page', read: positions.starts.length, total: positions.total };
  const lines = text === '' ? 0 : countLineEnds(text, 0, text.length - 1) + 1;
  return { unit: 'line', read: lines, total: lines };
}

function pageAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return Math.max(low, 1);
}

function countLineEnds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
