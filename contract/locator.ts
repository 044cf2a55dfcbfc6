import * as z from 'zod';
import type { Shape } from './shape.ts';

/** Longest heading, name of a sheet or name of a part, in UTF-16 units. A reader cuts what is longer. */
export const locatorNameCharacters = 200;

const count = z.int().min(1).max(100_000_000);
const span = { first: count, last: count };
const name = z.string().max(locatorNameCharacters);
const cell = z.strictObject({ row: count, column: count });
const milliseconds = z.int().min(0).max(1_000_000_000_000);

/** Counted from 1, both ends included. */
export const spanSchema = z.strictObject(span);
export type Span = Shape<typeof spanSchema>;

/**
 * Where something stands in a document, as the reader of its kind counts and as a person reads it: all counts begin at 1,
 * both ends are included. It goes unchanged from the reader to the page. Names in it come from the document: they are shown
 * safe, and decide nothing.
 */
export const locatorSchema = z.discriminatedUnion('unit', [
  z.strictObject({ unit: z.literal('page'), ...span }),
  z.strictObject({ unit: z.literal('line'), ...span }),
  /** What is above the first heading of a document without pages of its own, or all of one without headings. */
  z.strictObject({ unit: z.literal('paragraph'), ...span }),
  z.strictObject({
    unit: z.literal('heading'),
    /** The headings above it, the outermost first. */
    path: z.array(name).min(1).max(9),
    /** Its lines, where the document has any. */
    lines: spanSchema.nullable(),
  }),
  z.strictObject({ unit: z.literal('slide'), ...span }),
  /** A section of such a locator has one row a line. */
  z.strictObject({ unit: z.literal('cells'), sheet: name, from: cell, to: cell }),
  z.strictObject({
    unit: z.literal('message'),
    ...span,
    /** An attachment or another part, by its name; null for what the message itself says. */
    part: name.nullable(),
  }),
  /** From the beginning of a recording. */
  z.strictObject({ unit: z.literal('time'), startMs: milliseconds, endMs: milliseconds }),
]);
export type Locator = Shape<typeof locatorSchema>;

/** The lines that a locator names; null for a kind of document that counts none. */
export function linesOf(locator: Locator): Span | null {
  if (locator.unit === 'line') return { first: locator.first, last: locator.last };
  return locator.unit === 'heading' ? locator.lines : null;
}

/** The one locator that holds two of a document; null where no single one does, such as for cells of two sheets. */
export function joinLocators(one: Locator, other: Locator): Locator | null {
  if (one.unit === 'heading' || other.unit === 'heading') return joinHeadings(one, other);
  switch (one.unit) {
    case 'page':
    case 'line':
    case 'paragraph':
    case 'slide':
      return other.unit === one.unit ? { unit: one.unit, ...joinSpans(one, other) } : null;
    case 'cells':
      return other.unit === 'cells' && other.sheet === one.sheet
        ? { ...one, from: corner(Math.min, one.from, other.from), to: corner(Math.max, one.to, other.to) }
        : null;
    case 'message':
      return other.unit === 'message' && other.part === one.part && (one.part === null || one.first === other.first)
        ? { ...one, ...joinSpans(one, other) }
        : null;
    case 'time':
      return other.unit === 'time'
        ? {
            unit: 'time',
            startMs: Math.min(one.startMs, other.startMs),
            endMs: Math.max(one.endMs, other.endMs),
          }
        : null;
  }
}

/** Headings that two share stay; where they share none, their lines do. */
function joinHeadings(one: Locator, other: Locator): Locator | null {
  const [mine, theirs] = [linesOf(one), linesOf(other)];
  const lines = mine === null || theirs === null ? null : joinSpans(mine, theirs);
  const paths = [one, other].map((locator) => (locator.unit === 'heading' ? locator.path : []));
  const path = sharedPath(paths[0] ?? [], paths[1] ?? []);
  if (path.length > 0) return { unit: 'heading', path, lines };
  return lines === null ? null : { unit: 'line', ...lines };
}

function sharedPath(one: readonly string[], other: readonly string[]): readonly string[] {
  const apart = one.findIndex((heading, depth) => heading !== other[depth]);
  return apart < 0 ? one : one.slice(0, apart);
}

function joinSpans(one: Span, other: Span): Span {
  return { first: Math.min(one.first, other.first), last: Math.max(one.last, other.last) };
}

type Cell = Extract<Locator, { unit: 'cells' }>['from'];

function corner(choose: (one: number, other: number) => number, one: Cell, other: Cell): Cell {
  return { row: choose(one.row, other.row), column: choose(one.column, other.column) };
}
