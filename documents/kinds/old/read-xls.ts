import { read, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { AppError } from '../../../contract/errors.ts';
import type { ReadSpan } from '../../document-reader.ts';
import { type KindNote, type KindSection, type Numbered, numberedSections } from '../sections.ts';
import { type GridCell, GridSections } from '../sheet/grid-sections.ts';
import type { OldDocument } from './read-compound.ts';

/** A workbook as bytes alone: those of Excel 2 to 4 are no compound files. */
type OldBook = Pick<OldDocument, 'bytes' | 'budget'>;

/** An Excel workbook of before 2007, each sheet after the other, one row a line. What is hidden is counted and not read. */
export async function* readXls(document: OldBook, span: ReadSpan): Numbered {
  const book = bookOf(document.bytes);
  yield { type: 'kind', kind: 'spreadsheet', unit: 'row', total: null, withoutText: { below: 1, code: 'file/empty' } };
  return yield* numberedSections(sectionsOf(book, document), span);
}

function bookOf(bytes: Buffer): WorkBook {
  try {
    // Numbers come as they are shown, with dates in the one way that is read everywhere.
    return read(bytes, { type: 'buffer', dense: true, cellHTML: false, cellFormula: false, dateNF: 'yyyy-mm-dd' });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new AppError(/password|encrypt/i.test(message) ? 'file/locked' : 'file/damaged', message);
  }
}

async function* sectionsOf(book: WorkBook, { budget }: OldBook): AsyncGenerator<KindSection | KindNote> {
  const hidden = { sheet: 0, row: 0, column: 0 };
  let count = 0;
  for (const [index, name] of book.SheetNames.entries()) {
    const sheet = book.Sheets[name];
    if ((book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0) hidden.sheet += 1;
    else if (sheet !== undefined) {
      const grid = new GridSections(name);
      for (const { row, cells } of rowsOf(sheet)) {
        budget.takeBlock();
        const shown = cells.filter(({ column }) => sheet['!cols']?.[column - 1]?.hidden !== true);
        if (sheet['!rows']?.[row - 1]?.hidden === true) hidden.row += 1;
        else {
          grid.add(row, shown);
          count += 1;
        }
        for (const section of grid.take()) yield { ...section, read: count };
      }
      hidden.column += (sheet['!cols'] ?? []).filter((column) => column?.hidden === true).length;
      for (const section of grid.end()) yield { ...section, read: count };
    }
  }
  for (const [part, amount] of Object.entries(hidden))
    if (amount > 0)
      yield { type: 'note', note: { note: 'left-out', part: `hidden-${part as keyof typeof hidden}`, count: amount } };
}

interface ShownCell {
  readonly w?: string;
  readonly v?: unknown;
  readonly c?: readonly { readonly a?: string; readonly t?: string }[];
}

function* rowsOf(sheet: WorkSheet): Generator<{ readonly row: number; readonly cells: readonly GridCell[] }> {
  const rows: readonly (readonly (ShownCell | undefined)[] | undefined)[] =
    (sheet as { '!data'?: never[] })['!data'] ?? [];
  for (const [index, cells] of rows.entries()) {
    const shown: GridCell[] = [];
    for (const [column, cell] of (cells ?? []).entries()) {
      const text = cell === undefined ? '' : textOf(cell);
      if (text !== '') shown.push({ column: column + 1, text });
    }
    if (shown.length > 0) yield { row: index + 1, cells: shown };
  }
}

function textOf({ w, v, c }: ShownCell): string {
  const shown = (w ?? (v === undefined || v === null ? '' : String(v))).trim();
  const comments = (c ?? []).map(({ a = '', t = '' }) => {
    const parts = [a.trim(), t.trim()].filter((part) => part !== '');
    return parts.length === 0 ? '' : `[${parts.join(': ')}]`;
  });
  return [shown, ...comments].filter((part) => part !== '').join(' ');
}
