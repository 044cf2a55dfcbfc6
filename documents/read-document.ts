import { AppError } from '../contract/errors.ts';
import type { ReaderPart } from '../contract/reader.ts';
import { type DocumentInput, readBytes } from './input.ts';
import { type PageSpan, readPdf } from './pdf/read-pdf.ts';
import { sniff, sniffBytes } from './sniff.ts';
import { readText } from './text/read-text.ts';

/** Thrown for a kind that is known by name and not read yet. */
export class NotYet extends AppError {
  readonly kind: string;

  constructor(kind: string) {
    super('file/not-yet', `${kind} is not read yet`);
    this.kind = kind;
  }
}

/** A document's kind and text in pieces. Throws `file/…`. */
export async function* readDocument(input: DocumentInput, span: PageSpan): AsyncGenerator<ReaderPart> {
  const head = readBytes(input, 0, sniffBytes);
  if (head.length === 0) throw new AppError('file/empty', 'the file is empty');
  const found = sniff(head, input.name);
  if ('notYet' in found) {
    if (found.notYet !== null) throw new NotYet(found.notYet);
    throw new AppError('file/binary', 'no text');
  }
  if (found.kind === 'pdf') return yield* readPdf(input, span);
  yield { type: 'kind', kind: found.kind, pages: null };
  yield* readText(input);
}
