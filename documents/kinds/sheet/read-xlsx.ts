import { AppError } from '../../../contract/errors.ts';
import type { ResumeToken } from '../../../contract/reader.ts';
import type { ReadSpan } from '../../document-reader.ts';
import { readXml } from '../../xml/read-xml.ts';
import type { OpenedZip } from '../opened-zip.ts';
import type { KindNote, Numbered } from '../sections.ts';
import { type GridSection, GridSections } from './grid-sections.ts';
import { commentsOf } from './sheet-comments.ts';
import { SheetRows } from './sheet-rows.ts';
import { readWorkbook, type Sheet, saidRows, type Workbook } from './workbook.ts';

/** Where a reader is: sections of the sheet that were told, and rows of the sheets before. */
interface Place {
  readonly sheet: number;
  readonly sections: number;
  readonly rowsBefore: number;
}

/** An Excel workbook, each sheet after the other, one row a line. What is hidden in it is counted and not read. */
export async function* readXlsx(opened: OpenedZip, { resume, isOver }: ReadSpan): Numbered {
  const begin = placeOf(resume);
  const book = await readWorkbook(opened);
  const sheets = book.sheets.filter(({ isHidden }) => !isHidden);
  const total = await totalRows(opened, sheets);
  yield { type: 'kind', kind: 'spreadsheet', unit: 'row', total, withoutText: { below: 1, code: 'file/empty' } };
  const hidden = book.sheets.length - sheets.length;
  if (hidden > 0 && resume === null)
    yield { type: 'note', note: { note: 'left-out', part: 'hidden-sheet', count: hidden } };
  let rows = begin.rowsBefore;
  let isFirst = true;
  for (const [index, sheet] of sheets.entries()) {
    if (index < begin.sheet) continue;
    const told = index === begin.sheet ? begin.sections : 0;
    let [count, read] = [0, 0];
    for await (const part of sectionsOfSheet(opened, book, sheet)) {
      if ('type' in part) {
        yield part;
        continue;
      }
      read += part.rows;
      count += 1;
      if (count <= told) continue;
      if (!isFirst && isOver()) return 'stopped';
      isFirst = false;
      const { locator, text } = part.section;
      yield { type: 'section', locator, text, read: rows + read, resume: `${index}:${count}:${rows}` };
    }
    rows += read;
  }
  return 'whole';
}

interface SheetSection {
  readonly section: GridSection;
  /** Rows of the sheet that came with it. */
  readonly rows: number;
}

async function* sectionsOfSheet(
  opened: OpenedZip,
  book: Workbook,
  sheet: Sheet,
): AsyncGenerator<SheetSection | KindNote> {
  const { zip, budget } = opened;
  const grid = new GridSections(sheet.name);
  let found = 0;
  const rows = new SheetRows(book, await commentsOf(opened, sheet.part), (row, cells) => {
    budget.takeBlock();
    let characters = 0;
    for (const { text } of cells) characters += text.length;
    // A text that is shared counts as often as it is shown.
    budget.takeCharacters(characters);
    grid.add(row, cells);
    found += 1;
  });
  const counted = (section: GridSection): SheetSection => {
    const one = { section, rows: found };
    found = 0;
    return one;
  };
  for await (const section of readXml(zip.chunks(sheet.part), budget, rows, () => grid.take())) yield counted(section);
  for (const section of grid.end()) yield counted(section);
  for (const [part, count] of [
    ['hidden-row', rows.hiddenRows],
    ['hidden-column', rows.hiddenColumns],
  ] as const)
    if (count > 0) yield { type: 'note', note: { note: 'left-out', part, count } };
}

/** About how many rows there are, by what the sheets say; null where one of them says nothing. */
async function totalRows(opened: OpenedZip, sheets: readonly Sheet[]): Promise<number | null> {
  let total = 0;
  for (const sheet of sheets) {
    const rows = await saidRows(opened, sheet);
    if (rows === null) return null;
    total += rows;
  }
  return total;
}

function placeOf(resume: ResumeToken | null): Place {
  if (resume === null) return { sheet: 0, sections: 0, rowsBefore: 0 };
  const [, sheet, sections, rowsBefore] = /^(\d{1,5}):(\d{1,8}):(\d{1,8})$/.exec(resume) ?? [];
  if (sheet === undefined) throw new AppError('file/unreadable', 'no place to go on from');
  return { sheet: Number(sheet), sections: Number(sections), rowsBefore: Number(rowsBefore) };
}
