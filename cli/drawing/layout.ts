import { type Cell, columnsOf, columnsOfCells, toCells, toLine } from './cells.ts';
import { type Line, type Piece, textOf, toPieces } from './pieces.ts';

/** Opens what follows, or closes what is before: no line ends after the one or begins with the other. */
const opening = /^[([{（［｛「『《〈【〖“‘]$/u;
const closing = /^[)\]}）］｝」』》〉】〗”’,.:;!?，。、：；！？…％%]$/u;

/** The pieces between which a line may be broken, each with the white space behind it. */
export function unitsOf(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const units: Cell[][] = [];
  let last: Cell | undefined;
  for (const cell of cells) {
    const unit = units.at(-1);
    if (unit === undefined || last === undefined || mayBreak(last, cell)) units.push([cell]);
    else unit.push(cell);
    last = cell;
  }
  return units;
}

function mayBreak(before: Cell, after: Cell): boolean {
  if (isSpace(after)) return false;
  if (isSpace(before)) return true;
  const isWide = before.width > 1 || after.width > 1;
  return isWide && !closing.test(after.text) && !opening.test(before.text);
}

function isSpace({ text }: Cell): boolean {
  return text === ' ' || text === '\n';
}

/** Breaks a line into lines of at most so many columns; line ends in it stay. A word that is longer is cut. */
export function wrap(line: Line, columns: number): readonly (readonly Piece[])[] {
  const width = Math.max(columns, 2);
  const lines: Cell[][] = [[]];
  let used = 0;
  const put = (cell: Cell) => {
    if (used + cell.width > width && !isSpace(cell)) {
      lines.push([]);
      used = 0;
    }
    lines.at(-1)?.push(cell);
    used += cell.width;
  };
  for (const unit of unitsOf(toCells(line))) {
    const words = unit.filter((cell) => !isSpace(cell));
    if (used > 0 && used + columnsOfCells(words) > width) {
      lines.push([]);
      used = 0;
    }
    for (const cell of unit) {
      if (cell.text !== '\n') put(cell);
      else {
        lines.push([]);
        used = 0;
      }
    }
  }
  return lines.map((cells) => toLine(withoutEnd(cells)));
}

function withoutEnd(cells: readonly Cell[]): readonly Cell[] {
  const end = cells.findLastIndex((cell) => !isSpace(cell));
  return cells.slice(0, end + 1);
}

/** A line of at most so many columns, with a sign where something was left out. */
export function cut(line: Line, columns: number): readonly Piece[] {
  const cells = toCells(line);
  if (columnsOfCells(cells) <= columns) return toPieces(line);
  let used = 0;
  const end = cells.findIndex(({ width }) => {
    used += width;
    return used > Math.max(columns, 1) - 1;
  });
  return [...toLine(withoutEnd(cells.slice(0, end))), { text: '…', looks: [] }];
}

/** Filled up with spaces, at its end or (a figure) at its beginning. */
export function pad(line: Line, columns: number, where: 'end' | 'start' = 'end'): readonly Piece[] {
  const space = { text: ' '.repeat(Math.max(0, columns - columnsOf(textOf(line)))), looks: [] };
  return where === 'end' ? [...toPieces(line), space] : [space, ...toPieces(line)];
}

/** A text beside a label: what is longer than the rest of the line goes on under itself. */
export function beside(label: Line, text: Line, labelColumns: number, columns: number): readonly (readonly Piece[])[] {
  const lines = wrap(text, Math.max(columns - labelColumns, 20));
  return lines.map((line, at) => [...(at === 0 ? pad(label, labelColumns) : pad('', labelColumns)), ...line]);
}
