import { betweenCells } from '../kinds/rows.ts';
import { type Grid, gridsOf, isSameLine, type Row, rowsOf } from './grid.ts';
import { paragraphGap } from './paragraph-gap.ts';
import type { Segment } from './segments.ts';

/** Widest page of prose; more columns are a table. */
const mostColumnsOfProse = 3;
/** Letters of a line of prose, at the median; a Chinese one is as wide as two. */
const shortestProse = 24;
/** The share of lines that go on nearly to the edge of their column. */
const fullLines = 0.65;
const fullLine = 0.8;

/**
 * The lines of a page in the order of reading, where it has a table, whose cells then have a bar between them, or columns of
 * prose that are drawn line by line across all of them; null where it has neither. What is drawn column by column, as most
 * programs do, stays in that order, and so does all that stands in no columns.
 */
export function laidOut(segments: readonly Segment[]): string | null {
  const rows = rowsOf(segments);
  const order = new Map(segments.map((segment, at) => [segment, at]));
  const grids = gridsOf(rows)
    .map((grid) => ({ ...grid, cells: cellsOf(rows.slice(grid.from, grid.to), grid) }))
    .filter(({ cells }) => isDrawnAcross(cells, order));
  if (grids.length === 0) return null;
  const blocks: Block[] = [];
  let next = 0;
  for (const { from, to, cells } of grids) {
    blocks.push(asDrawn(rows.slice(next, from), order));
    if (isProse(cells)) blocks.push(...columnsOf(cells).map((lines) => ({ lines, isTable: false })));
    else blocks.push({ lines: cells.map(tableLine), isTable: true });
    next = to;
  }
  blocks.push(asDrawn(rows.slice(next), order));
  return joined(blocks.filter(({ lines }) => lines.length > 0));
}

/** The number of each segment in the order of drawing. */
type Order = ReadonlyMap<Segment, number>;

interface Block {
  readonly lines: readonly Segment[];
  readonly isTable: boolean;
}

/** What stands in each column of each row, from the left. */
type Cells = readonly (readonly (readonly Segment[])[])[];

function cellsOf(rows: readonly Row[], { gutters }: Grid): Cells {
  return rows.map(({ segments }) =>
    [...gutters, Number.POSITIVE_INFINITY].map((end, at) => {
      const begin = gutters[at - 1] ?? Number.NEGATIVE_INFINITY;
      return segments.filter(({ left }) => left >= begin && left < end);
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
  return Array.from({ length: count }, (_, at) => cells.flatMap((row) => glued(row[at] ?? []) ?? []));
}

/** Whether it goes from one column to the other about once a row. */
function isDrawnAcross(cells: Cells, order: Order): boolean {
  const steps = cells.flatMap((row) =>
    row.flatMap((cell, column) => cell.map((segment) => ({ column, at: order.get(segment) ?? 0 }))),
  );
  const columns = steps.toSorted((one, other) => one.at - other.at).map(({ column }) => column);
  const changes = columns.filter((column, at) => at > 0 && column !== columns[at - 1]).length;
  return changes >= cells.length;
}

function tableLine(row: readonly (readonly Segment[])[]): Segment {
  const texts = row.map((cell) => glued(cell)?.text ?? '');
  const line = texts.map((text, at) =>
    at === 0 ? text : `${texts[at - 1]?.endsWith(':') ? ' ' : betweenCells}${text}`,
  );
  return { ...(glued(row.flat()) ?? nothing), text: line.join('').trimEnd() };
}

/** The lines of rows in no columns. */
function asDrawn(rows: readonly Row[], order: Order): Block {
  const drawn = rows
    .flatMap(({ segments }) => segments)
    .toSorted((one, other) => (order.get(one) ?? 0) - (order.get(other) ?? 0));
  const lines: Segment[][] = [];
  for (const segment of drawn) {
    const last = lines.at(-1)?.at(-1);
    if (last !== undefined && isSameLine(last, segment)) lines.at(-1)?.push(segment);
    else lines.push([segment]);
  }
  return { lines: lines.map((line) => glued(line) ?? nothing), isTable: false };
}

const nothing: Segment = { text: '', left: 0, right: 0, baseline: 0, height: 0 };

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
function joined(blocks: readonly Block[]): string {
  let text = '';
  let lowest = Number.POSITIVE_INFINITY;
  for (const { lines, isTable } of blocks) {
    for (const [at, { text: line, baseline, height }] of lines.entries()) {
      const above = isTable && at > 0 ? baseline : (lines[at - 1]?.baseline ?? lowest);
      if (text !== '') text += above - baseline > height * paragraphGap ? '\n\n' : '\n';
      text += line.trim();
    }
    lowest = Math.min(lowest, ...lines.map(({ baseline }) => baseline));
  }
  return text;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
}

function widthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (character > '\u2e7f' ? 2 : 1), 0);
}
