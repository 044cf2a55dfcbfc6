import { isUpright, type Patch } from './bitmap.ts';

/** Columns of text, not cells of a table, are so many times wider than a line is high, and have so many lines. */
const proseWidth = 8;
const columnLines = 3;
/** Between columns lies at least this, in heights of a line. */
const leastGutter = 1;

/**
 * Patches in the order in which they are read: lines from above, each with its parts from the left; columns one after another;
 * lines that stand upright from the right.
 */
export function inReadingOrder(patches: readonly Patch[]): readonly (readonly Patch[])[] {
  const columns = columnsOf(patches);
  if (columns !== null) return columns.flatMap(inReadingOrder);
  const bands = bandsOf(patches);
  if (bands.length > 1) return bands.flatMap(inReadingOrder);
  return rowsOf(patches).flatMap((row) => (row.every(isUpright) ? row.toReversed().map((patch) => [patch]) : [row]));
}

/** Patches in lines, however they stand to each other. */
function rowsOf(patches: readonly Patch[]): Patch[][] {
  const rows: { y: number; height: number; readonly parts: Patch[] }[] = [];
  for (const patch of [...patches].sort((one, other) => one.y - other.y)) {
    const row = rows.findLast(({ y, height }) => Math.abs(y - patch.y) < Math.min(height, patch.height) / 2);
    if (row === undefined) rows.push({ y: patch.y, height: patch.height, parts: [patch] });
    else row.parts.push(patch);
  }
  return rows.map(({ parts }) => parts.sort((one, other) => left(one) - left(other)));
}

/** The two sides of a gap that no patch reaches over, where both are text that runs on; null where there is none. */
function columnsOf(patches: readonly Patch[]): readonly [Patch[], Patch[]] | null {
  const height = median(patches.map((patch) => patch.height));
  const sorted = [...patches].sort((one, other) => left(one) - left(other));
  let reach = -Infinity;
  for (const [index, patch] of sorted.entries()) {
    const isGap = index > 0 && left(patch) - reach >= leastGutter * height;
    const sides = [sorted.slice(0, index), sorted.slice(index)] as const;
    if (isGap && sides.every((side) => isProse(side, height)) && isBeside(...sides)) return [sides[0], sides[1]];
    reach = Math.max(reach, right(patch));
  }
  return null;
}

function isProse(side: readonly Patch[], height: number): boolean {
  return side.length >= columnLines && median(side.map(({ width }) => width)) >= proseWidth * height;
}

/** Whether two groups stand next to each other for most of the shorter one. */
function isBeside(one: readonly Patch[], other: readonly Patch[]): boolean {
  const spans = [one, other].map((side) => [Math.min(...side.map(top)), Math.max(...side.map(bottom))] as const);
  const [[a, b], [c, d]] = spans as [readonly [number, number], readonly [number, number]];
  return Math.min(b, d) - Math.max(a, c) > Math.min(b - a, d - c) / 2;
}

/** A picture cut where a line reaches over the gap between columns: a title above them, a note below. */
function bandsOf(patches: readonly Patch[]): Patch[][] {
  const rows = rowsOf(patches);
  const height = median(patches.map((patch) => patch.height));
  for (const gap of gapsOf(rows, height)) {
    for (let from = 0; from < rows.length; from += 1) {
      let to = from;
      while (to < rows.length && isClear(rows[to] ?? [], gap)) to += 1;
      if (to - from < rows.length && columnsOf(rows.slice(from, to).flat()) !== null)
        return [rows.slice(0, from), rows.slice(from, to), rows.slice(to)].map((band) => band.flat()).filter(isSome);
      from = to;
    }
  }
  return [];
}

/** Places between parts of a line where a gap between columns may be, each once. */
function gapsOf(rows: readonly (readonly Patch[])[], height: number): ReadonlySet<number> {
  const found = new Set<number>();
  for (const parts of rows)
    for (const [index, part] of parts.entries()) {
      const before = parts[index - 1];
      if (before === undefined || left(part) - right(before) < leastGutter * height) continue;
      found.add((Math.round((left(part) + right(before)) / height) * height) / 2);
    }
  return found;
}

function isClear(row: readonly Patch[], gap: number): boolean {
  return row.every((patch) => right(patch) <= gap || left(patch) >= gap);
}

function isSome(band: readonly Patch[]): boolean {
  return band.length > 0;
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[values.length >> 1] ?? 0;
}

function left({ x, width }: Patch): number {
  return x - width / 2;
}
function right({ x, width }: Patch): number {
  return x + width / 2;
}
function top({ y, height }: Patch): number {
  return y - height / 2;
}
function bottom({ y, height }: Patch): number {
  return y + height / 2;
}
