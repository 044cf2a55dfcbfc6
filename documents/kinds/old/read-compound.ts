import { AppError } from '../../../contract/errors.ts';
import { ReadBudget } from '../../budget.ts';
import type { DocumentReader, ReadSpan } from '../../document-reader.ts';
import { readBytes } from '../../input.ts';
import { NotYet } from '../../not-yet.ts';
import type { Numbered } from '../sections.ts';
import { type Compound, openCompound } from './compound.ts';
import { readMsg } from './read-msg.ts';
import { readPpt } from './read-ppt.ts';

/** All of it is held, and what is made of it. */
const compoundLimitBytes = 60_000_000;

/** A document of Office of before 2007, told by its streams. Throws `file/locked` for one of today with a password. */
export const readCompound: DocumentReader = async function* (input, span) {
  if (input.bytes > compoundLimitBytes) throw new AppError('file/too-large', `an old document of ${input.bytes} bytes`);
  const bytes = readBytes(input, 0, input.bytes);
  const compound = openCompound(bytes);
  const { has } = compound;
  if (has('/EncryptedPackage')) throw new AppError('file/locked', 'a document with a password');
  const budget = new ReadBudget(input.bytes);
  return yield* readerOf(has)({ bytes, compound, budget }, span);
};

/** A sheet of Excel 2, 3 or 4, which is a file without streams. */
export const readOldSheet: DocumentReader = async function* (input, span) {
  if (input.bytes > compoundLimitBytes) throw new AppError('file/too-large', `an old sheet of ${input.bytes} bytes`);
  const { readXls } = await import('./read-xls.ts');
  return yield* readXls({ bytes: readBytes(input, 0, input.bytes), budget: new ReadBudget(input.bytes) }, span);
};

export interface OldDocument {
  readonly bytes: Buffer;
  readonly compound: Compound;
  readonly budget: ReadBudget;
}

/** The libraries for old documents are loaded for them alone. */
function readerOf(has: (path: string) => boolean): (document: OldDocument, span: ReadSpan) => Numbered {
  if (has('/WordDocument'))
    return async function* (document, span) {
      const { readDoc } = await import('./read-doc.ts');
      return yield* readDoc(document, span);
    };
  if (has('/Workbook') || has('/Book'))
    return async function* (document, span) {
      const { readXls } = await import('./read-xls.ts');
      return yield* readXls(document, span);
    };
  if (has('/PowerPoint Document')) return readPpt;
  if (has('/__properties_version1.0')) return readMsg;
  throw new NotYet('oldOffice');
}
