import { type Locator, locatorNameCharacters } from '../../../contract/locator.ts';
import { betweenCells, cellLine } from '../rows.ts';

/** A cell that shows something; both counted from 1. */
export interface GridCell {
  readonly column: number;
  readonly text: string;
}

export interface GridSection {
  readonly locator: Locator;
  readonly text: string;
}

const sectionCharacters = 8000;
/** Empty rows that are written as empty lines; more end a section. */
const mostEmptyRows = 3;
/** Empty cells that are written between two; more end a section. */
const mostEmptyCells = 20;

/**
 * The rows of a sheet as sections of one row a line, so that a line tells its row. What stands far from the rest is a section of
 * its own: a cell in the last corner makes no table of all the others.
 */
export class GridSections {
  readonly #sheet: string;
  #lines: string[] = [];
  #length = 0;
  #firstRow = 0;
  #lastRow = 0;
  #firstColumn = 0;
  #lastColumn = 0;
  #ready: GridSection[] = [];

  constructor(sheet: string) {
    this.#sheet = sheet.slice(0, locatorNameCharacters).toWellFormed();
    // The name stands in the text too: whoever reads all of it has no places.
    const corner = { row: 1, column: 1 };
    this.#ready.push({
      locator: { unit: 'cells', sheet: this.#sheet, from: corner, to: corner },
      text: `# ${cellLine(sheet)}`,
    });
  }

  /** A row below all before it, with its cells from the left. */
  add(row: number, cells: readonly GridCell[]): void {
    for (const group of groupsOf(cells)) this.#addGroup(row, group);
  }

  /** The sections that are whole by now. */
  take(): readonly GridSection[] {
    const ready = this.#ready;
    if (ready.length > 0) this.#ready = [];
    return ready;
  }

  /** What is left at the end. */
  end(): readonly GridSection[] {
    this.#finish();
    return this.take();
  }

  #addGroup(row: number, cells: readonly GridCell[]): void {
    const first = cells[0]?.column ?? 1;
    const last = cells.at(-1)?.column ?? first;
    if (!this.#goesOn(row, first)) {
      this.#finish();
      [this.#firstRow, this.#lastRow] = [row, row - 1];
      [this.#firstColumn, this.#lastColumn] = [first, last];
    }
    for (let empty = this.#lastRow + 1; empty < row; empty += 1) this.#lines.push('');
    const line = lineOf(this.#firstColumn, cells);
    this.#lines.push(line);
    this.#length += line.length + 1;
    this.#lastRow = row;
    this.#lastColumn = Math.max(this.#lastColumn, last);
  }

  #goesOn(row: number, first: number): boolean {
    if (this.#lines.length === 0 || this.#length > sectionCharacters) return false;
    const away = row - this.#lastRow;
    const right = first - this.#firstColumn;
    return away >= 1 && away <= mostEmptyRows + 1 && right >= 0 && right <= mostEmptyCells;
  }

  #finish(): void {
    if (this.#lines.length === 0) return;
    this.#ready.push({
      locator: {
        unit: 'cells',
        sheet: this.#sheet,
        from: { row: this.#firstRow, column: this.#firstColumn },
        to: { row: this.#lastRow, column: this.#lastColumn },
      },
      text: this.#lines.join('\n'),
    });
    this.#lines = [];
    this.#length = 0;
  }
}

/** Cells that stand near one another. */
function* groupsOf(cells: readonly GridCell[]): Generator<readonly GridCell[]> {
  let group: GridCell[] = [];
  let last = 0;
  for (const cell of cells) {
    if (group.length > 0 && cell.column - last > mostEmptyCells + 1) {
      yield group;
      group = [];
    }
    group.push(cell);
    last = cell.column;
  }
  if (group.length > 0) yield group;
}

function lineOf(firstColumn: number, cells: readonly GridCell[]): string {
  let line = '';
  let column = firstColumn;
  for (const cell of cells) {
    for (; column < cell.column; column += 1) line += betweenCells;
    line += cellLine(cell.text);
  }
  return line;
}
