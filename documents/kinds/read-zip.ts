import { ReadBudget } from '../budget.ts';
import type { DocumentReader, ReadSpan } from '../document-reader.ts';
import { NotYet } from '../not-yet.ts';
import { openZip } from '../zip/open-zip.ts';
import { readEpub } from './book/read-epub.ts';
import { listArchive } from './list-archive.ts';
import { readOdp } from './odf/read-odp.ts';
import { readOds } from './odf/read-ods.ts';
import { readOdt } from './odf/read-odt.ts';
import type { OpenedZip } from './opened-zip.ts';
import type { Numbered } from './sections.ts';
import { readXlsx } from './sheet/read-xlsx.ts';
import { readPptx } from './slides/read-pptx.ts';
import { readDocx } from './word/read-docx.ts';
import { type ZipKind, zipKind } from './zip-kind.ts';

type ZipReader = (opened: OpenedZip, span: ReadSpan) => Numbered;

const readers: Readonly<Record<Exclude<ZipKind, 'xlsb' | 'otherOpenDocument'>, ZipReader>> = {
  docx: readDocx,
  xlsx: readXlsx,
  pptx: readPptx,
  odt: readOdt,
  ods: readOds,
  odp: readOdp,
  epub: readEpub,
  archive: listArchive,
};

/** What an archive holds: an office document, a book, or files of any kind, of which only the list is read. Throws `file/…`. */
export const readZip: DocumentReader = async function* (input, span) {
  const budget = new ReadBudget(input.bytes);
  const opened = { zip: await openZip(input, budget), budget };
  const kind = await zipKind(opened);
  if (kind === 'otherOpenDocument') throw new NotYet('openDocument');
  if (kind === 'xlsb') throw new NotYet('excelBinary');
  return yield* readers[kind](opened, span);
};
