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
const fewestRows = 3;
const sameLine = 0.4;

/** The lines of a page from its top, each from the left. */
export function rowsOf(segments: readonly Segment[]): readonly Row[] {
  const rows: { baseline: number; height: number; segments: Segment[] }[] = [];
  for (const segment of segments.toSorted((one, other) => other.baseline - one.baseline)) {
    const row = rows.at(-1);
    if (row !== undefined && row.baseline - segment.baseline <= Math.min(row.height, segment.height) * sameLine) {
      row.segments.push(segment);
      row.height = Math.max(row.height, segment.height);
    } else rows.push({ baseline: segment.baseline, height: segment.height, segments: [segment] });
  }
  return rows.map((row) => ({ ...row, segments: row.segments.toSorted((one, other) => one.left - other.left) }));
}

/** Where rows form columns, from the top. */
export function gridsOf(rows: readonly Row[]): readonly Grid[] {
  const grids: Grid[] = [];
  for (let from = 0; from < rows.length; from += 1) {
    const grid = gridFrom(rows, from);
    if (grid === null) continue;
    grids.push(grid);
    from = grid.to - 1;
  }
  return grids;
}

function gridFrom(rows: readonly Row[], from: number): Grid | null {
  const first = rows[from];
  if (first === undefined || first.segments.length < 2) return null;
  let taken = unionOf([], first);
  let to = from + 1;
  for (; to < rows.length; to += 1) {
    const [above, row] = [rows[to - 1], rows[to]];
    if (above === undefined || row === undefined) break;
    const size = Math.max(above.height, row.height);
    if (above.baseline - row.baseline > size * mostBetweenRows) break;
    const more = unionOf(taken, row);
    if (guttersOf(more, size).length === 0) break;
    taken = more;
  }
  // A line alone at the end belongs to what follows.
  while (to > from && (rows[to - 1]?.segments.length ?? 0) < 2) to -= 1;
  const inside = rows.slice(from, to);
  if (inside.filter(({ segments }) => segments.length > 1).length < fewestRows) return null;
  const gutters = guttersOf(inside.reduce<readonly Interval[]>(unionOf, []), first.height);
  const parting = gutters.filter((gutter) => !partsOnlyMarks(inside, gutter));
  return parting.length === 0 ? null : { from, to, gutters: parting };
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
  const before = rows.flatMap(({ segments }) => segments.filter(({ right }) => right <= gutter).slice(-1));
  return before.length > 0 && before.every(({ text }) => mark.test(text.trim()));
}
