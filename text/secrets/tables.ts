import type { Hit } from './called.ts';
import type { Secret } from './kinds.ts';

/** Rows under a heading that are looked at, and cells of a row. */
const [mostRows, mostCells] = [400, 40];
const longestHeading = 60;
const heading = /^[\p{L}\p{N}_ ()-]+$/u;
const longestLine = 4000;
const values = /\(([^()\n]{3,600})\)\s{0,8}VALUES\s{0,8}\(([^()\n]{1,2000})\)/gi;

interface Cell {
  readonly start: number;
  readonly end: number;
}

/** Values in the columns of tables whose heading says what they are: lines with commas, tabs or bars, and rows of SQL. */
export function* findInTables(text: string, hits: readonly Hit[]): Generator<Secret> {
  const sorted = hits.toSorted((one, other) => one.start - other.start);
  yield* findInLines(text, sorted);
  let next = 0;
  for (const match of text.matchAll(values)) {
    const [first = '', second = ''] = [match[1], match[2]];
    const names = cellsOf(text, match.index + 1, match.index + 1 + first.length, ',');
    const from = match.index + match[0].length - 1 - second.length;
    while ((sorted[next]?.start ?? text.length) < match.index) next += 1;
    const own: Hit[] = [];
    for (; (sorted[next]?.start ?? text.length) < from; next += 1) own.push(...sorted.slice(next, next + 1));
    yield* findInRow(text, cellsOf(text, from, from + second.length, ','), columnsOf(text, names, own));
  }
}

/** A line that stands within a table is no heading of another one. */
function* findInLines(text: string, hits: readonly Hit[]): Generator<Secret> {
  let [at, end] = [0, -1];
  while (at < hits.length) {
    const from = hits[at]?.start ?? 0;
    if (from < end) {
      at += 1;
      continue;
    }
    const line = text.lastIndexOf('\n', from) + 1;
    const close = endOfLine(text, from);
    const first = at;
    while ((hits[at]?.start ?? text.length + 1) < close) at += 1;
    end = close;
    if (close - line <= longestLine) end = yield* findUnder(text, line, hits.slice(first, at));
    if (at === first) at += 1;
  }
}

/** Answers where the table ends. */
function* findUnder(text: string, line: number, hits: readonly Hit[]): Generator<Secret, number> {
  const end = endOfLine(text, line);
  const delimiter = ['\t', '|', ';', ','].find((one) => text.slice(line, end).includes(one));
  const names = delimiter === undefined ? [] : cellsOf(text, line, end, delimiter);
  const columns = columnsOf(text, names, hits);
  if (delimiter === undefined || columns.length === 0) return end;
  let at = end + 1;
  for (let row = 0; row < mostRows && at < text.length; row += 1) {
    const close = endOfLine(text, at);
    const cells = close - at > longestLine ? [] : cellsOf(text, at, close, delimiter);
    if (cells.length !== names.length) break;
    yield* findInRow(text, cells, columns);
    at = close + 1;
  }
  return at - 1;
}

/** Its place, what it is, and a cell that is such a value and nothing else. */
type Column = readonly [number, Hit, RegExp];

/** A heading is short, and has no figures of its own. */
function columnsOf(text: string, names: readonly Cell[], hits: readonly Hit[]): readonly Column[] {
  return names.flatMap(({ start, end }, at) => {
    if (end - start > longestHeading) return [];
    if (!heading.test(text.slice(start, end))) return [];
    const hit = hits.find((one) => one.start >= start && one.end <= end);
    return hit === undefined ? [] : [[at, hit, new RegExp(`^(?:${hit.cue.value})$`, 'i')] as const];
  });
}

function* findInRow(text: string, cells: readonly Cell[], columns: readonly Column[]): Generator<Secret> {
  for (const [at, { cue }, whole] of columns) {
    const cell = cells[at];
    if (cell === undefined) continue;
    const value = text.slice(cell.start, cell.end);
    if (!whole.test(value) || cue.holds?.(value) === false) continue;
    yield { kind: cue.kind, ...cell };
  }
}

/** Cells without what stands around them: spaces and quotes. */
function cellsOf(text: string, start: number, end: number, delimiter: string): readonly Cell[] {
  const cells: Cell[] = [];
  for (let at = start; at <= end; ) {
    const next = text.indexOf(delimiter, at);
    const close = next < 0 || next > end ? end : next;
    cells.push(trimmed(text, at, close));
    if (cells.length > mostCells) return [];
    at = close + 1;
  }
  return cells;
}

function trimmed(text: string, start: number, end: number): Cell {
  let [from, to] = [start, end];
  while (from < to && /[\s"'`]/.test(text[from] ?? '')) from += 1;
  while (to > from && /[\s"'`]/.test(text[to - 1] ?? '')) to -= 1;
  return { start: from, end: to };
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}
