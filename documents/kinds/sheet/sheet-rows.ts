import type { XmlHandler } from '../../xml/read-xml.ts';
import type { GridCell } from './grid-sections.ts';
import type { Workbook } from './workbook.ts';

type Get = (attribute: string) => string | undefined;

/** Columns of a sheet (ECMA-376, 18.3.1.13). */
const mostColumns = 16_384;
const mostRows = 1_048_576;
/** A cell as nearly all are written: where it is, its style, its type and its value. */
const usualCell = /<c r="([A-Z]{1,3})\d{1,7}"(?: s="(\d{1,5})")?(?: t="(n|s|str|b|e)")?><v>([^<&\r]*)<\/v><\/c>/y;

/** A number that is written as a format without rules of its own shows it. */
const plainNumber = /^(?:0|-?[1-9]\d{0,6}(?:\.\d{0,2}[1-9])?)$/;

/** The cells of one sheet of a workbook, row by row, as they are shown (ECMA-376, part 1, 18.3.1). */
export class SheetRows implements XmlHandler {
  readonly #book: Pick<Workbook, 'formats' | 'strings'>;
  readonly #comments: ReadonlyMap<string, string>;
  readonly #onRow: (row: number, cells: readonly GridCell[]) => void;
  readonly #hiddenColumns = new Set<number>();
  #cells: GridCell[] = [];
  #row = 0;
  #column = 0;
  #rowIsHidden = false;
  #type = '';
  #style = 0;
  #value = '';
  #hasValue = false;
  #formula = '';
  #into: 'value' | 'formula' | null = null;
  #inPhonetic = false;
  hiddenRows = 0;

  constructor(
    book: Pick<Workbook, 'formats' | 'strings'>,
    comments: ReadonlyMap<string, string>,
    onRow: (row: number, cells: readonly GridCell[]) => void,
  ) {
    this.#book = book;
    this.#comments = comments;
    this.#onRow = onRow;
  }

  get hiddenColumns(): number {
    return this.#hiddenColumns.size;
  }

  readonly open = (name: string, get: Get): void => {
    switch (name) {
      case 'c':
        this.#beginCell(get);
        break;
      case 'v':
      case 't':
        this.#into = this.#inPhonetic ? null : 'value';
        this.#hasValue = true;
        break;
      case 'f':
        this.#into = 'formula';
        break;
      case 'row':
        this.#row = positionOf(get('r'), this.#row + 1, mostRows);
        this.#column = 0;
        this.#rowIsHidden = /^(1|true)$/.test(get('hidden') ?? '');
        break;
      case 'rPh':
        this.#inPhonetic = true;
        break;
      case 'col':
        if (/^(1|true)$/.test(get('hidden') ?? '')) this.#hideColumns(Number(get('min')), Number(get('max')));
        break;
    }
  };

  readonly close = (name: string): void => {
    if (name === 'v' || name === 't' || name === 'f') this.#into = null;
    else if (name === 'c') this.#endCell();
    else if (name === 'row') this.#endRow();
    else if (name === 'rPh') this.#inPhonetic = false;
  };

  readonly text = (said: string): void => {
    if (this.#into === 'value') this.#value += said;
    else if (this.#into === 'formula') this.#formula += said;
  };

  /** Takes a cell at once: telling its tags one by one takes most of the time of a long sheet. */
  readonly whole = (piece: string, at: number): number => {
    usualCell.lastIndex = at;
    const found = usualCell.exec(piece);
    if (found === null) return -1;
    this.#column = positionOf(columnOf(found[1] as string), this.#column + 1, mostColumns);
    this.#style = found[2] === undefined ? 0 : Number(found[2]);
    this.#type = found[3] ?? 'n';
    this.#value = found[4] as string;
    this.#hasValue = true;
    this.#formula = '';
    this.#endCell();
    return usualCell.lastIndex;
  };

  #beginCell(get: Get): void {
    this.#column = positionOf(columnOf(get('r') ?? ''), this.#column + 1, mostColumns);
    this.#type = get('t') ?? 'n';
    this.#style = Number(get('s') ?? 0);
    this.#value = '';
    this.#hasValue = false;
    this.#formula = '';
  }

  #endCell(): void {
    const shown = this.#shown();
    const comment = this.#comments.size === 0 ? undefined : this.#comments.get(`${this.#row}:${this.#column}`);
    const text = comment === undefined ? shown : `${shown} [${comment}]`.trim();
    // Cells of a row may come in any order in a damaged file; the right ones have one.
    if (text !== '' && !this.#hiddenColumns.has(this.#column) && this.#column > (this.#cells.at(-1)?.column ?? 0))
      this.#cells.push({ column: this.#column, text });
  }

  #shown(): string {
    const value = this.#value;
    // A formula that no program has worked out yet is shown itself; a result may be an empty text.
    if (value === '') {
      const isResult = this.#hasValue && this.#type === 'str';
      return isResult || this.#formula === '' ? '' : `=${this.#formula}`;
    }
    switch (this.#type) {
      case 's':
        return this.#book.strings[Number(value)] ?? '';
      case 'b':
        return value === '1' ? 'TRUE' : 'FALSE';
      case 'n': {
        if (plainNumber.test(value) && this.#book.formats.isGeneral(this.#style)) return value;
        const number = Number(value);
        return Number.isFinite(number) ? this.#book.formats.show(number, this.#style) : value;
      }
      default:
        return value;
    }
  }

  #endRow(): void {
    const cells = this.#cells;
    if (cells.length === 0) return;
    this.#cells = [];
    if (this.#rowIsHidden) this.hiddenRows += 1;
    else this.#onRow(this.#row, cells);
  }

  #hideColumns(first: number, last: number): void {
    // To the last column means that the rest is not shown, not that something is.
    if (!(first >= 1) || last >= mostColumns) return;
    for (let column = first; column <= last; column += 1) this.#hiddenColumns.add(column);
  }
}

function positionOf(said: string | number | undefined, otherwise: number, most: number): number {
  const position = said === undefined || said === 0 ? otherwise : Number(said);
  return Number.isInteger(position) && position >= 1 ? Math.min(position, most) : Math.min(otherwise, most);
}

/** The column that a reference such as `AB12` names; 0 where it names none. */
export function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at += 1) {
    const letter = reference.charCodeAt(at) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return column;
}
