import WordExtractor from 'word-extractor';
import { AppError } from '../../../contract/errors.ts';
import type { ReadSpan } from '../../document-reader.ts';
import { BlockSections } from '../blocks.ts';
import { rowLine } from '../rows.ts';
import { type KindNote, type KindSection, type Numbered, numberedSections } from '../sections.ts';
import type { OldDocument } from './read-compound.ts';
import { isWord6, readWord6 } from './read-word6.ts';

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

async function* sectionsOf({ bytes, compound, budget }: OldDocument): AsyncGenerator<KindSection | KindNote> {
  const stream = compound.stream('/WordDocument');
  const parts = isWord6(stream) ? await readWord6(stream) : await extract(bytes);
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

/** Quotation marks and dashes stay what they are. */
const asWritten = { filterUnicode: false } as const;

async function extract(bytes: Buffer): Promise<readonly string[]> {
  try {
    const found = await new WordExtractor().extract(bytes);
    return [
      found.getBody(asWritten),
      found.getTextboxes(asWritten),
      found.getFootnotes(asWritten),
      found.getEndnotes(asWritten),
      found.getAnnotations(asWritten),
    ];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new AppError(/encrypt|password/i.test(message) ? 'file/locked' : 'file/damaged', message);
  }
}
