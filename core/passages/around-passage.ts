import { locatorOf, type TextPositions } from '../../contract/document.ts';
import { type Locator, linesOf } from '../../contract/locator.ts';
import { aroundCharacters, type PassageAt, type ViewerPlace } from '../../contract/passage.ts';

export interface AroundPassage {
  readonly locator: Locator | null;
  readonly before: string;
  readonly passage: string;
  readonly after: string;
}

type Span = Pick<PassageAt, 'start' | 'end'>;

/** A passage with what stands around it: all of its page, slide, sheet or section, or whole lines of a text without any. */
export function aroundPassage(text: string, positions: TextPositions | null, { start, end }: Span): AroundPassage {
  const [from, to] = sectionAround(text, positions, { start, end });
  const first = Math.max(from, wholeLine(text, start - aroundCharacters, from));
  const last = Math.min(to, end + aroundCharacters);
  return {
    locator: positions === null ? null : locatorOf(positions, text, start, end),
    before: text.slice(first, start).trimStart().toWellFormed(),
    passage: text.slice(start, end).toWellFormed(),
    after: text.slice(end, last).trimEnd().toWellFormed(),
  };
}

/** What a viewer can be told of where something stands; null for what none can. */
export function viewerPlaceOf(locator: Locator | null): ViewerPlace | null {
  if (locator === null) return null;
  if (locator.unit === 'page') return { unit: 'page', number: locator.first };
  if (locator.unit === 'cells') return { unit: 'cell', sheet: locator.sheet, ...locator.from };
  const lines = linesOf(locator);
  return lines === null ? null : { unit: 'line', number: lines.first };
}

/** Where the sections of a passage begin and end. */
function sectionAround(text: string, positions: TextPositions | null, { start, end }: Span): readonly [number, number] {
  const sections = positions?.sections ?? [];
  const from = sections.findLast((section) => section.start <= start)?.start ?? 0;
  const to = sections.find((section) => section.start >= end)?.start ?? text.length;
  return [from, to];
}

/** The beginning of the first whole line from an offset on. */
function wholeLine(text: string, offset: number, least: number): number {
  if (offset <= least) return least;
  const lineEnd = text.indexOf('\n', offset);
  return lineEnd < 0 ? offset : lineEnd + 1;
}
