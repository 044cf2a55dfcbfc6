import { AppError } from '../../../contract/errors.ts';
import { walkXml } from '../../xml/read-xml.ts';
import { partOfType, type Relationship, relationshipsOf } from '../../zip/relationships.ts';
import type { OpenedZip } from '../opened-zip.ts';
import { CellFormats } from './cell-format.ts';

export interface Sheet {
  readonly name: string;
  readonly part: string;
  readonly isHidden: boolean;
}

/** What belongs to all sheets of a workbook. */
export interface Workbook {
  readonly sheets: readonly Sheet[];
  readonly formats: CellFormats;
  readonly strings: readonly string[];
}

/** Reads what a workbook says of its sheets, formats and shared texts. Throws `file/…`. */
export async function readWorkbook(opened: OpenedZip): Promise<Workbook> {
  const { zip, budget } = opened;
  const main = partOfType(await relationshipsOf(zip, budget, ''), 'officeDocument');
  if (main === null || !zip.has(main)) throw new AppError('file/damaged', 'its list of sheets is missing');
  const beside = await relationshipsOf(zip, budget, main);
  const sheets: Sheet[] = [];
  let from1904 = false;
  await walkXml(zip.chunks(main), budget, {
    open: (name, get) => {
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(get('date1904') ?? '');
      else if (name === 'sheet') {
        const target = beside.get(get('r:id') ?? '');
        if (target?.type !== 'worksheet') return;
        const isHidden = (get('state') ?? 'visible') !== 'visible';
        sheets.push({ name: get('name') ?? '', part: target.part, isHidden });
      }
    },
  });
  const strings = await readStrings(opened, partOfType(beside, 'sharedStrings'));
  return { sheets, formats: new CellFormats(await readFormats(opened, beside), from1904), strings };
}

/** The number format of every style of cells. */
async function readFormats(
  { zip, budget }: OpenedZip,
  beside: ReadonlyMap<string, Relationship>,
): Promise<readonly (string | number)[]> {
  const codes = new Map<number, string>();
  const styles: number[] = [];
  let inStyles = false;
  await walkXml(zip.chunks(partOfType(beside, 'styles') ?? ''), budget, {
    open: (name, get) => {
      if (name === 'numFmt') codes.set(Number(get('numFmtId')), get('formatCode') ?? 'General');
      else if (name === 'cellXfs') inStyles = true;
      else if (name === 'xf' && inStyles) styles.push(Number(get('numFmtId') ?? 0));
    },
    close: (name) => {
      if (name === 'cellXfs') inStyles = false;
    },
  });
  return styles.map((style) => codes.get(style) ?? style);
}

/** The texts that cells name by a number; how a word is pronounced is left out. */
async function readStrings({ zip, budget }: OpenedZip, part: string | null): Promise<readonly string[]> {
  const strings: string[] = [];
  let text = '';
  let inText = false;
  let inPhonetic = false;
  await walkXml(zip.chunks(part ?? ''), budget, {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 'rPh') inPhonetic = true;
      else if (name === 't') inText = !inPhonetic;
    },
    close: (name) => {
      if (name === 'si') {
        budget.takeBlock();
        strings.push(text);
      } else if (name === 'rPh') inPhonetic = false;
      else if (name === 't') inText = false;
    },
    text: (said) => {
      if (inText) text += said;
    },
  });
  return strings;
}

/** The rows of a sheet, by what it says itself at its beginning; null where it says nothing. */
export async function saidRows({ zip }: OpenedZip, { part }: Sheet): Promise<number | null> {
  for await (const chunk of zip.chunks(part)) {
    const said = /<(?:\w+:)?dimension\s[^>]{0,200}?ref="[A-Z]{1,3}(\d{1,7})(?::[A-Z]{1,3}(\d{1,7}))?"/.exec(
      chunk.toString('latin1', 0, 4000),
    );
    return said === null ? null : Number(said[2] ?? said[1]);
  }
  return null;
}
