import { rowLine } from '../rows.ts';

interface Table {
  readonly rows: string[];
  cells: string[];
  /** What stands in the cell that is open. */
  cell: string[];
  columns: number;
  /** It goes on a cell of the row above. */
  goesOn: boolean;
  isInCell: boolean;
  count: number;
}

/** Columns that one cell may go over. */
const widest = 63;

/** The tables that are open, the innermost last. */
export class TableRows {
  readonly #open: Table[] = [];

  get inTable(): boolean {
    return this.#open.length > 0;
  }

  /** Whether a cell of the innermost one is open. */
  get inCell(): boolean {
    return this.#open.at(-1)?.isInCell === true;
  }

  begin(): void {
    this.#open.push({ rows: [], cells: [], cell: [], columns: 1, goesOn: false, isInCell: false, count: 0 });
  }

  beginRow(): void {
    const table = this.#open.at(-1);
    if (table !== undefined) table.cells = [];
  }

  beginCell(): void {
    const table = this.#open.at(-1);
    if (table === undefined) return;
    table.cell = [];
    table.columns = 1;
    table.goesOn = false;
    table.isInCell = true;
  }

  /** The cell that is open goes over so many columns. */
  span(columns: number): void {
    const table = this.#open.at(-1);
    if (table !== undefined && columns >= 1) table.columns = Math.min(columns, widest);
  }

  /** The cell that is open goes on the one above. */
  goOn(): void {
    const table = this.#open.at(-1);
    if (table !== undefined) table.goesOn = true;
  }

  /** Empty cells before the first one of a row. */
  skip(columns: number): void {
    const table = this.#open.at(-1);
    for (let count = 0; count < Math.min(columns, widest); count += 1) table?.cells.push('');
  }

  /** A paragraph in the cell that is open. */
  write(text: string): void {
    this.#open.at(-1)?.cell.push(text);
  }

  endCell(): void {
    const table = this.#open.at(-1);
    if (table === undefined) return;
    table.cells.push(table.goesOn ? '' : table.cell.join('\n'));
    for (let count = 1; count < table.columns; count += 1) table.cells.push('');
    table.cell = [];
    table.isInCell = false;
  }

  /** The row as a line with whether one stands above it; null within a table that stands in a cell, whose end gives all rows. */
  endRow(): { readonly line: string; readonly isFirst: boolean } | null {
    const table = this.#open.at(-1);
    if (table === undefined) return null;
    const line = rowLine(table.cells);
    table.cells = [];
    if (this.#open.length > 1) {
      table.rows.push(line);
      return null;
    }
    if (line !== '') table.count += 1;
    return { line, isFirst: table.count === 1 };
  }

  /** A table that stands in a cell becomes its text. */
  end(): void {
    const table = this.#open.pop();
    if (table !== undefined && table.rows.length > 0) this.write(table.rows.filter((row) => row !== '').join('; '));
  }
}
