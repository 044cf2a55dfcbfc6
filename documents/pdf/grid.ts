import type { Segment } from './segments.ts';

/** Segments that stand on one line of the page, from the left. */
export interface Row {
  readonly baseline: number;
  readonly height: number;
  readonly segments: readonly Segment[];
}

/** Rows that the same empty columns part from top to bottom. */
export interface Grid {
  readonly from: number;
  /** The row after the last. */
  readonly to: number;
  /** The middles of the empty columns, from the left. */
  readonly gutters: readonly number[];
}

interface Interval {
  readonly left: number;
  readonly right: number;
}

/** Narrower room between columns is room between words, in heights of a letter. */
const narrowestGutter = 1;
/** Rows further apart do not belong together, in heights of a letter. */
const mostBetweenRows = 2.6;
/** Lines of one column are no further apart, in heights of a letter. */
const mostInColumn = 1.5;
const fewestRows = 3;
const sameLine = 0.4;

/** The lines of a page from its top, each from the left. */
export function rowsOf(segments: readonly Segment[]): readonly Row[] {
  const rows: { baseline: number; height: number; segments: Segment[] }[] = [];
  for (const segment of segments.toSorted((one, other) => other.baseline - one.baseline)) {
    const row = rows.at(-1);
    if (row !== undefined && isSameLine(row, segment)) {
      row.segments.push(segment);
      row.height = Math.max(row.height, segment.height);
    } else rows.push({ baseline: segment.baseline, height: segment.height, segments: [segment] });
  }
  return rows.map((row) => ({ ...row, segments: row.segments.toSorted((one, other) => one.left - other.left) }));
}

type Line = Pick<Segment, 'baseline' | 'height'>;

/** Whether both stand on one line of the page. */
export function isSameLine(one: Line, other: Line): boolean {
  return Math.abs(one.baseline - other.baseline) <= Math.min(one.height, other.height) * sameLine;
}

/** Where rows form columns, from the top. */
export function gridsOf(rows: readonly Row[]): readonly Grid[] {
  const grids: Grid[] = [];
  for (let from = 0; from < rows.length; from += 1) {
    const grid = gridFrom(rows, from);
    if (grid === null || grid.from < (grids.at(-1)?.to ?? 0)) continue;
    grids.push(grid);
    from = grid.to - 1;
  }
  return grids;
}

function gridFrom(rows: readonly Row[], from: number): Grid | null {
  const first = rows[from];
  if (first === undefined || first.segments.length < 2) return null;
  const to = endOfRows(rows, from);
  const inside = rows.slice(from, to);
  if (inside.filter(({ segments }) => segments.length > 1).length < fewestRows) return null;
  const gutters = guttersOf(inside.reduce<readonly Interval[]>(unionOf, []), first.height);
  const parting = gutters.filter((gutter) => !partsOnlyMarks(inside, gutter));
  return parting.length === 0 ? null : { ...withEnds(rows, { from, to }, parting), gutters: parting };
}

/** The row after the last that has something on both sides of an empty column that all from `from` on share. */
function endOfRows(rows: readonly Row[], from: number): number {
  let taken: readonly Interval[] = [];
  let end = from;
  for (let at = from; at < rows.length; at += 1) {
    const row = rows[at];
    if (row === undefined || (at > from && isApart(rows[at - 1], row, mostBetweenRows))) break;
    const more = unionOf(taken, row);
    const gutters = guttersOf(more, row.height);
    if (gutters.length === 0) break;
    taken = more;
    if (gutters.some((gutter) => isOnBothSides(row, gutter))) end = at + 1;
  }
  return end;
}

/** Lines right above and below in one of the columns, which is longer than the others there. */
function withEnds(rows: readonly Row[], { from, to }: { from: number; to: number }, gutters: readonly number[]) {
  const fits = (row: Row | undefined, next: Row | undefined) =>
    row !== undefined &&
    next !== undefined &&
    !isApart(...inOrder(row, next), mostInColumn) &&
    row.segments.length === 1 &&
    gutters.every((gutter) => row.segments.every(({ left, right }) => right < gutter || left > gutter));
  let [begin, end] = [from, to];
  while (fits(rows[begin - 1], rows[begin])) begin -= 1;
  while (fits(rows[end], rows[end - 1])) end += 1;
  return { from: begin, to: end };
}

const inOrder = (one: Row, other: Row): [Row, Row] => (one.baseline > other.baseline ? [one, other] : [other, one]);

function isApart(above: Row | undefined, row: Row, most: number): boolean {
  if (above === undefined) return true;
  return above.baseline - row.baseline > Math.max(above.height, row.height) * most;
}

function isOnBothSides({ segments }: Row, gutter: number): boolean {
  return segments.some(({ right }) => right <= gutter) && segments.some(({ left }) => left >= gutter);
}

/** Which part of the page a row takes, with what rows above it take. */
function unionOf(taken: readonly Interval[], { segments }: Row): readonly Interval[] {
  const all = [...taken, ...segments].toSorted((one, other) => one.left - other.left);
  const union: { left: number; right: number }[] = [];
  for (const { left, right } of all) {
    const last = union.at(-1);
    if (last !== undefined && left <= last.right) last.right = Math.max(last.right, right);
    else union.push({ left, right });
  }
  return union;
}

function guttersOf(union: readonly Interval[], height: number): readonly number[] {
  return union.flatMap(({ left }, at) => {
    const before = union[at - 1];
    return before !== undefined && left - before.right >= height * narrowestGutter ? [(before.right + left) / 2] : [];
  });
}

const mark = /^(?:[•·▪◦‣○●■□–—*-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.):、]?|[一二三四五六七八九十]{1,3}、)$/i;

/** A list's numbers stand apart from their words and are no column. */
function partsOnlyMarks(rows: readonly Row[], gutter: number): boolean {
  const before = rows
    .filter((row) => isOnBothSides(row, gutter))
    .flatMap(({ segments }) => segments.filter(({ right }) => right <= gutter).slice(-1));
  return before.every(({ text }) => mark.test(text.trim()));
}
