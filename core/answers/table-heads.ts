import { locatorOf } from '../../contract/document.ts';
import type { Passage, SearchedText } from './find-passages.ts';

type Section = SearchedText['positions']['sections'][number];

/** What stands between two cells of a line, as readers write tables. */
const betweenCells = '|';
/** Lines at the beginning of a sheet among which its headings are looked for: above them stands what it is called. */
const mostAbove = 5;
/** A row of headings is short; a longer first line is the text of a cell. */
const mostCharacters = 500;
/** Lines of one table in a text; a longer one goes without its headings. */
const mostLines = 5000;

interface Row {
  readonly start: number;
  readonly end: number;
}

/**
 * Passages, each that begins within a table after the row of that table's headings, once: a row alone does not say what its
 * figures are. In the order of the text, as they came.
 */
export function withTableHeads(passages: readonly Passage[]): readonly Passage[] {
  const all: Passage[] = [];
  for (const passage of passages) {
    const head = headOf(passage);
    const isThere = ({ source, start, end }: Passage) =>
      head !== null && source === passage.source && start <= head.start && head.start < end;
    if (head !== null && !passages.some(isThere) && !all.some(isThere)) all.push(head);
    all.push(passage);
  }
  return all;
}

/** The row of headings above a passage of a table, as a passage; null where it is not within one, or holds them itself. */
function headOf({ source, start, locator }: Passage): Passage | null {
  const { text, positions } = source;
  const row = locator.unit === 'cells' ? headOfSheet(source, start) : headOfTable(text, start);
  if (row === null || row.end > start || row.end - row.start > mostCharacters) return null;
  const at = locatorOf(positions, text, row.start, row.end);
  return at === null ? null : { source, ...row, locator: at };
}

/** The first row of several cells where the sections of a sheet begin that follow one another without a gap. */
function headOfSheet({ text, positions }: SearchedText, before: number): Row | null {
  const { sections } = positions;
  let first = sectionBefore(sections, before);
  while (first > 0 && adjoin(sections[first - 1], sections[first])) first -= 1;
  let at = sections[first]?.start ?? 0;
  for (let line = 0; line < mostAbove && at < before; line += 1) {
    const row = lineAt(text, at);
    if (isRow(text, row)) return row;
    at = row.end + 1;
  }
  return null;
}

/** Whether a table goes on from one section to the next. */
function adjoin(one: Section | undefined, other: Section | undefined): boolean {
  if (one?.locator.unit !== 'cells' || other?.locator.unit !== 'cells') return false;
  const [above, below] = [one.locator, other.locator];
  return above.sheet === below.sheet && above.to.row + 1 === below.from.row && above.from.column === below.from.column;
}

/** The first of the lines with cells that go on to a place in a text. */
function headOfTable(text: string, place: number): Row | null {
  let row = lineAt(text, text.lastIndexOf('\n', place - 1) + 1);
  if (!isRow(text, row)) return null;
  for (let line = 0; line < mostLines; line += 1) {
    const above = row.start < 2 ? null : lineAt(text, text.lastIndexOf('\n', row.start - 2) + 1);
    if (above === null || !isRow(text, above)) return row.start < place ? row : null;
    row = above;
  }
  return null;
}

function isRow(text: string, { start, end }: Row): boolean {
  const at = text.indexOf(betweenCells, start);
  return at >= 0 && at < end;
}

function lineAt(text: string, start: number): Row {
  const end = text.indexOf('\n', start);
  return { start, end: end < 0 ? text.length : end };
}

/** The number of the last section that begins at a place or before it. */
function sectionBefore(sections: readonly Section[], place: number): number {
  const next = sections.findIndex(({ start }) => start > place);
  return (next < 0 ? sections.length : next) - 1;
}
