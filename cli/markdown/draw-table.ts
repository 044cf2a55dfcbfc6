import type { TableBlock } from '../../text/markdown/tree.ts';
import { columnsOf } from '../drawing/cells.ts';
import { pad, wrap } from '../drawing/layout.ts';
import { type Piece, piece, textOf } from '../drawing/pieces.ts';
import { drawInlines } from './draw-inlines.ts';

type Lines = readonly (readonly Piece[])[];

const gap = '  ';
/** Narrower than this a column holds no word. */
const leastColumns = 6;

/** A table in columns, their cells broken where it is wider than the screen; one row under the other where that is no use. */
export function drawTable({ rows, align }: TableBlock, columns: number): Lines {
  const [head = [], ...body] = rows.map((row) => row.map((cell) => drawInlines(cell)));
  const count = Math.max(head.length, ...body.map((row) => row.length));
  const widths = widthsFor(naturalWidths([head, ...body], count), columns - gap.length * (count - 1));
  if (widths === null) return drawRecords(head, body, columns);
  const drawRow = (row: Lines) => drawCells(row, widths, align);
  const bold = head.map((cell) => cell.map(({ text, looks }) => piece(text, ...looks, 'strong')));
  const rule = widths.map((width) => '─'.repeat(width)).join(gap);
  return [...drawRow(bold), [piece(rule, 'dim')], ...body.flatMap(drawRow)];
}

function naturalWidths(rows: readonly Lines[], count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => Math.max(...rows.map((row) => columnsOf(textOf(row[at] ?? []))), 1));
}

/** Wide columns give what narrow ones need; null where that is too little. */
function widthsFor(natural: readonly number[], room: number): readonly number[] | null {
  const widths = [...natural];
  let over = widths.reduce((sum, width) => sum + width, 0) - room;
  while (over > 0) {
    const widest = Math.max(...widths);
    if (widest <= leastColumns) return null;
    widths[widths.indexOf(widest)] = widest - 1;
    over -= 1;
  }
  return widths;
}

function drawCells(row: Lines, widths: readonly number[], align: TableBlock['align']): Lines {
  const cells = widths.map((width, at) => wrap(row[at] ?? [], width));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    cells.flatMap((lines, at) => {
      const width = widths[at] ?? 0;
      const text = lines[line] ?? [];
      const isLast = at === cells.length - 1;
      const set = align[at] === 'right' ? pad(text, width, 'start') : isLast ? text : pad(text, width);
      return at === 0 ? set : [piece(gap), ...set];
    }),
  );
}

/** Each row for itself: the name of a column before what stands in it. */
function drawRecords(head: Lines, body: readonly Lines[], columns: number): Lines {
  return body.flatMap((row, index) => [
    ...(index === 0 ? [] : [[]]),
    ...row.flatMap((cell, at) => wrap([piece(`${textOf(head[at] ?? [])}: `, 'strong'), ...cell], columns)),
  ]);
}
