import { betweenCells } from '../kinds/rows.ts';
import { type Grid, gridsOf, type Row, rowsOf } from './grid.ts';
import { paragraphGap } from './paragraph-gap.ts';
import type { Segment } from './segments.ts';

/** Widest page of prose; more columns are a table. */
const mostColumnsOfProse = 3;
/** Letters of a line of prose, at the median; a Chinese one is as wide as two. */
const shortestProse = 18;
/** The share of lines that go on nearly to the edge of their column. */
const fullLines = 0.4;
const fullLine = 0.75;

/**
 * The lines of a page in the order of reading, where its columns are drawn line by line across all of them, and with a bar
 * between the cells where it has a table; null where the order in which it is drawn does as well.
 */
export function laidOut(segments: readonly Segment[]): string | null {
  const rows = rowsOf(segments);
  const grids = gridsOf(rows).map((grid) => ({ grid, cells: cellsOf(rows.slice(grid.from, grid.to), grid) }));
  const kinds = grids.map(({ cells }) => isProse(cells));
  const needed = grids.some(({ cells }, at) => kinds[at] === false || isDrawnAcross(cells, segments));
  if (!needed) return null;
  const blocks: Segment[][] = [];
  let next = 0;
  for (const [at, { grid, cells }] of grids.entries()) {
    blocks.push(rows.slice(next, grid.from).map(asLine));
    blocks.push(...(kinds[at] === true ? columnsOf(cells) : [cells.map((row) => tableLine(row))]));
    next = grid.to;
  }
  blocks.push(rows.slice(next).map(asLine));
  return joined(blocks.filter((block) => block.length > 0));
}

/** What stands in each column of each row; null for an empty cell. */
type Cells = readonly (readonly (Segment | null)[])[];

function cellsOf(rows: readonly Row[], { gutters }: Grid): Cells {
  return rows.map(({ segments }) =>
    [...gutters, Number.POSITIVE_INFINITY].map((end, at) => {
      const begin = gutters[at - 1] ?? Number.NEGATIVE_INFINITY;
      return glued(segments.filter(({ left }) => left >= begin && left < end));
    }),
  );
}

function isProse(cells: Cells): boolean {
  const columns = columnsOf(cells);
  if (columns.length > mostColumnsOfProse) return false;
  return columns.every((column) => {
    const edge = Math.max(...column.map(({ right }) => right));
    const begin = Math.min(...column.map(({ left }) => left));
    const full = column.filter(({ right }) => right - begin >= (edge - begin) * fullLine).length;
    return median(column.map(({ text }) => widthOf(text))) >= shortestProse && full >= column.length * fullLines;
  });
}

function columnsOf(cells: Cells): Segment[][] {
  const count = cells[0]?.length ?? 0;
  return Array.from({ length: count }, (_, at) => cells.flatMap((row) => row[at] ?? []));
}

/** Columns of prose that are drawn one after another need no other order. */
function isDrawnAcross(cells: Cells, drawn: readonly Segment[]): boolean {
  const order = new Map(drawn.map((segment, at) => [placeKey(segment), at]));
  const steps = cells.flatMap((row) =>
    row.flatMap((cell, column) => (cell === null ? [] : [{ column, at: order.get(placeKey(cell)) ?? 0 }])),
  );
  const columns = steps.toSorted((one, other) => one.at - other.at).map(({ column }) => column);
  const changes = columns.filter((column, at) => at > 0 && column !== columns[at - 1]).length;
  return changes >= cells.length;
}

const placeKey = ({ left, baseline }: Segment) => `${left} ${baseline}`;

function tableLine(row: readonly (Segment | null)[]): Segment {
  const texts = row.map((cell) => cell?.text.trim() ?? '');
  const line = texts.map((text, at) =>
    at === 0 ? text : `${texts[at - 1]?.endsWith(':') ? ' ' : betweenCells}${text}`,
  );
  const whole = glued(row.flatMap((cell) => cell ?? []));
  return { ...(whole ?? nothing), text: line.join('').trimEnd() };
}

const nothing: Segment = { text: '', left: 0, right: 0, baseline: 0, height: 0 };

const asLine = ({ segments }: Row): Segment => glued(segments) ?? nothing;

/** Segments of one line as one. */
function glued(segments: readonly Segment[]): Segment | null {
  const [first] = segments;
  if (first === undefined) return null;
  return {
    ...first,
    text: segments.map(({ text }) => text.trim()).join(' '),
    right: Math.max(...segments.map(({ right }) => right)),
    height: Math.max(...segments.map(({ height }) => height)),
  };
}

/** Lines one after another, with a blank one where the page leaves room above: in their block, or below all blocks before. */
function joined(blocks: readonly (readonly Segment[])[]): string {
  let text = '';
  let lowest = Number.POSITIVE_INFINITY;
  for (const block of blocks) {
    for (const [at, { text: line, baseline, height }] of block.entries()) {
      const above = block[at - 1]?.baseline ?? lowest;
      if (text !== '') text += above - baseline > height * paragraphGap ? '\n\n' : '\n';
      text += line.trim();
    }
    lowest = Math.min(lowest, ...block.map(({ baseline }) => baseline));
  }
  return text;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
}

function widthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (character > '\u2e7f' ? 2 : 1), 0);
}
