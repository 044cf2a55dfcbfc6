import * as z from 'zod';
import { type TextPositions, textPositionsSchema } from '../contract/document.ts';
import { lineSlicesOf } from '../text/slices.ts';

/** Length of a section of a text without any of its own, in UTF-16 units. */
const sectionCharacters = 10_000;

/** A text that came without positions, such as a selection: its lines. */
export function linePositions(text: string): TextPositions {
  const sections = [...lineSlicesOf(text, sectionCharacters)].map(({ start, first, last }) => ({
    start,
    locator: { unit: 'line' as const, first, last },
  }));
  const read = sections.at(-1)?.locator.last ?? 0;
  return { unit: 'line', read, total: read, sections };
}

/** Positions as they were stored before there were sections: pages by their beginnings, lines by nothing. */
const formerPositionsSchema = z.discriminatedUnion('unit', [
  z.strictObject({ unit: z.literal('line') }),
  z.strictObject({
    unit: z.literal('page'),
    starts: z.array(z.int().min(0)).max(100_000),
    total: z.int().min(0).max(10_000_000),
  }),
]);

/** Stored positions of a text, of now and of before; null for what is neither. */
export function parsePositions(stored: string, text: string): TextPositions | null {
  const value = parseJson(stored);
  const current = textPositionsSchema.safeParse(value);
  if (current.success) return current.data;
  const former = formerPositionsSchema.safeParse(value);
  if (!former.success) return null;
  if (former.data.unit === 'line') return linePositions(text);
  const { starts, total } = former.data;
  const sections = starts.map((start, index) => ({
    start,
    locator: { unit: 'page' as const, first: index + 1, last: index + 1 },
  }));
  return { unit: 'page', read: starts.length, total, sections };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
