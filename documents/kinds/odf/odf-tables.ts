import type { XmlHandler } from '../../xml/read-xml.ts';
import { TableRows } from '../word/table-rows.ts';
import type { Get } from './odf-inline.ts';

const mostRepeated = 63;

/** Tables in a text or on a slide, as rows. */
export class OdfTables implements XmlHandler {
  readonly rows = new TableRows();
  readonly #onRow: (line: string, isFirst: boolean) => void;
  #notes: string[] = [];

  constructor(onRow: (line: string, isFirst: boolean) => void) {
    this.#onRow = onRow;
  }

  get inTable(): boolean {
    return this.rows.inTable;
  }

  /** What stands in the cell that is open, with its notes, which come behind the row. */
  write(text: string, notes: readonly string[]): void {
    if (text.trim() !== '') this.rows.write(text);
    this.#notes.push(...notes);
  }

  readonly open = (name: string, get: Get): void => {
    if (name === 'table:table') this.rows.begin();
    else if (name === 'table:table-row') this.rows.beginRow();
    else if (name === 'table:table-cell') {
      this.rows.beginCell();
      // Cells that are covered come themselves.
      const repeated = Number(get('table:number-columns-repeated') ?? 1);
      if (repeated > 1) this.rows.span(Math.min(repeated, mostRepeated));
    } else if (name === 'table:covered-table-cell')
      this.rows.skip(Math.min(Number(get('table:number-columns-repeated') ?? 1), mostRepeated));
  };

  readonly close = (name: string): void => {
    if (name === 'table:table-cell') this.rows.endCell();
    else if (name === 'table:table') this.rows.end();
    else if (name === 'table:table-row') this.#endRow();
  };

  #endRow(): void {
    const row = this.rows.endRow();
    if (row === null) return;
    this.#onRow(row.line, row.isFirst);
    for (const note of this.#notes) this.#onRow(note, false);
    this.#notes = [];
  }
}
