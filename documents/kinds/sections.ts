import type { ReaderPart } from '../../contract/reader.ts';
import { type DocumentPart, numberOfToken, type ReadSpan } from '../document-reader.ts';

/** A piece of a document before it is numbered. */
export type KindSection = Pick<Extract<DocumentPart, { type: 'section' }>, 'locator' | 'text' | 'read'>;
export type KindNote = Extract<ReaderPart, { type: 'note' }>;

/** Ends a reader's turn between two sections. */
export type Numbered = AsyncGenerator<DocumentPart, 'whole' | 'stopped'>;

/**
 * Numbers the sections of a document that can only be read from its beginning, from where a token says. What stands before is
 * read again and not told; notes are told with the end they belong to.
 */
export async function* numberedSections(
  parts: AsyncIterable<KindSection | KindNote>,
  { resume, isOver }: ReadSpan,
): Numbered {
  const first = numberOfToken(resume);
  let number = 0;
  for await (const part of parts) {
    if ('type' in part) {
      if (number >= first) yield part;
      continue;
    }
    number += 1;
    if (number <= first) continue;
    // One section at least, so that the next reader has less to do.
    if (number > first + 1 && isOver()) return 'stopped';
    yield { type: 'section', ...part, resume: String(number) };
  }
  return 'whole';
}
