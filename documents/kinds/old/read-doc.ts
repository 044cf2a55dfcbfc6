import { AppError } from '../../../contract/errors.ts';
import type { ReadSpan } from '../../document-reader.ts';
import { BlockSections } from '../blocks.ts';
import { rowLine } from '../rows.ts';
import { type KindNote, type KindSection, type Numbered, numberedSections } from '../sections.ts';
import type { OldDocument } from './read-compound.ts';
import { isWord6, readWord6 } from './read-word6.ts';
import { readWord97 } from './read-word97.ts';

/** A Word document of before 2007: its paragraphs and rows; notes, comments and text boxes behind them. It tells no headings. */
export async function* readDoc(document: OldDocument, span: ReadSpan): Numbered {
  yield {
    type: 'kind',
    kind: 'document',
    unit: 'paragraph',
    total: null,
    withoutText: { below: 1, code: 'file/empty' },
  };
  return yield* numberedSections(sectionsOf(document), span);
}

async function* sectionsOf({ compound, budget }: OldDocument): AsyncGenerator<KindSection | KindNote> {
  const stream = compound.stream('/WordDocument');
  if (stream === null) throw new AppError('file/damaged', 'it has no text');
  const parts = isWord6(stream) ? await readWord6(stream) : readWord97(stream, compound);
  const sections = new BlockSections();
  for (const part of parts) {
    budget.takeCharacters(part.length);
    let wasRow = false;
    for (const line of part.split(/\r\n?|\n/)) {
      budget.takeBlock();
      // Cells end with a tab, and so does a row.
      const cells = line.split('\t');
      const isRow = cells.length > 2 && cells.at(-1) === '';
      sections.add({ text: isRow ? rowLine(cells.slice(0, -1)) : line, heading: null, close: isRow && wasRow });
      wasRow = isRow;
      yield* sections.take();
    }
  }
  yield* sections.end();
}
