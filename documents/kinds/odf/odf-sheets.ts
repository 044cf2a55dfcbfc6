import type { ReadBudget } from '../../budget.ts';
import type { XmlHandler } from '../../xml/read-xml.ts';
import type { KindSection } from '../sections.ts';
import { type GridCell, GridSections } from '../sheet/grid-sections.ts';
import type { Get } from './odf-inline.ts';
import type { OdfStyles } from './odf-styles.ts';

const mostColumns = 16_384;
/** Cells and rows that say the same are written so many times; formats reach to the end of a sheet. */
const mostRepeated = 1000;

interface Cell {
  readonly lines: string[];
  readonly value: string;
  readonly repeated: number;
}

/** The sheets of an OpenDocument workbook. */
export class OdfSheets implements XmlHandler {
  readonly #styles: OdfStyles;
  readonly #budget: ReadBudget;
  readonly #takeNotes: () => readonly string[];
  readonly #hiddenColumns = new Set<number>();
  readonly hidden = { sheets: 0, rows: 0, columns: 0 };
  #grid: GridSections | null = null;
  /** Tables within what is being read or left out. */
  #depth = 0;
  #row = 0;
  #repeatedRow = 1;
  #rowIsHidden = false;
  #columns = 0;
  #column = 0;
  #cells: GridCell[] = [];
  #cell: Cell | null = null;
  #read = 0;
  #ready: KindSection[] = [];

  constructor(styles: OdfStyles, budget: ReadBudget, takeNotes: () => readonly string[]) {
    this.#styles = styles;
    this.#budget = budget;
    this.#takeNotes = takeNotes;
  }

  readonly open = (name: string, get: Get): void => {
    if (name === 'table:table') this.#beginTable(get);
    else if (this.#depth !== 1 || this.#grid === null) return;
    else if (name === 'table:table-column') this.#addColumns(get);
    else if (name === 'table:table-row') this.#beginRow(get);
    else if (name === 'table:table-cell' || name === 'table:covered-table-cell')
      this.#cell = {
        lines: [],
        value: heldBy(get),
        repeated: repeats(get('table:number-columns-repeated')),
      };
  };

  readonly close = (name: string): void => {
    if (name === 'table:table') this.#endTable();
    else if (this.#depth !== 1 || this.#grid === null) return;
    else if (name === 'table:table-cell' || name === 'table:covered-table-cell') this.#endCell();
    else if (name === 'table:table-row') this.#endRow();
  };

  write(text: string, notes: readonly string[]): void {
    this.#cell?.lines.push(text, ...notes);
  }

  take(): readonly KindSection[] {
    this.#collect(this.#grid?.take() ?? []);
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  #collect(sections: ReturnType<GridSections['take']>): void {
    for (const section of sections) this.#ready.push({ ...section, read: this.#read });
  }

  #beginTable(get: Get): void {
    this.#depth += 1;
    if (this.#depth > 1) return;
    if (this.#styles.isHidden('table', get('table:style-name'))) this.hidden.sheets += 1;
    else this.#grid = new GridSections(get('table:name') ?? '');
    [this.#row, this.#columns] = [0, 0];
    this.#hiddenColumns.clear();
  }

  #endTable(): void {
    this.#depth -= 1;
    if (this.#depth > 0 || this.#grid === null) return;
    this.#collect(this.#grid.end());
    this.#grid = null;
  }

  #addColumns(get: Get): void {
    const count = repeats(get('table:number-columns-repeated'));
    const visibility = get('table:visibility');
    const isHidden = visibility === 'collapse' || visibility === 'filter';
    // To the last column means that the rest is not shown, not that something is.
    if (isHidden && count <= mostRepeated)
      for (let column = this.#columns + 1; column <= this.#columns + count; column += 1) {
        this.#hiddenColumns.add(column);
        this.hidden.columns += 1;
      }
    this.#columns += count;
  }

  #beginRow(get: Get): void {
    const visibility = get('table:visibility');
    this.#rowIsHidden = visibility === 'collapse' || visibility === 'filter';
    this.#repeatedRow = repeats(get('table:number-rows-repeated'));
    this.#column = 0;
    this.#cells = [];
  }

  #endCell(): void {
    const cell = this.#cell;
    this.#cell = null;
    if (cell === null) return;
    const lines = [...cell.lines, ...this.#takeNotes()].filter((line) => line.trim() !== '');
    const text = lines.length > 0 ? lines.join('\n') : cell.value;
    const written = text.trim() === '' ? 0 : Math.min(cell.repeated, mostRepeated);
    for (let count = 1; count <= written; count += 1) {
      const column = this.#column + count;
      if (column > mostColumns || this.#hiddenColumns.has(column)) continue;
      this.#budget.takeCharacters(text.length);
      this.#cells.push({ column, text });
    }
    this.#column += cell.repeated;
  }

  #endRow(): void {
    const written = this.#cells.length === 0 ? 0 : Math.min(this.#repeatedRow, mostRepeated);
    if (this.#rowIsHidden) this.hidden.rows += written;
    else
      for (let count = 1; count <= written; count += 1) {
        this.#budget.takeBlock();
        for (const { text } of this.#cells) if (count > 1) this.#budget.takeCharacters(text.length);
        this.#grid?.add(this.#row + count, this.#cells);
        this.#read += 1;
      }
    this.#row += this.#repeatedRow;
  }
}

/** What a cell holds, where no text says how it is shown: programs other than offices often write none. */
function heldBy(get: Get): string {
  const plain = get('office:date-value') ?? get('office:value') ?? get('office:string-value');
  const time = /^PT(\d{1,6})H(\d{1,2})M(\d{1,2})/.exec(get('office:time-value') ?? '');
  const clock = time?.slice(1).map((part) => part.padStart(2, '0'));
  return plain ?? clock?.join(':') ?? get('office:boolean-value')?.toUpperCase() ?? '';
}

function repeats(said: string | undefined): number {
  const count = said === undefined ? 1 : Number(said);
  return Number.isInteger(count) && count >= 1 ? Math.min(count, 1_048_576) : 1;
}
