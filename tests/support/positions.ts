import type { TextPositions } from '../../contract/document.ts';

/** The positions of a PDF's text: where its pages begin, and how many there are. */
export function pagePositions(starts: readonly number[], total = starts.length): TextPositions {
  const sections = starts.map((start, index) => ({
    start,
    locator: { unit: 'page' as const, first: index + 1, last: index + 1 },
  }));
  return { unit: 'page', read: starts.length, total, sections };
}
