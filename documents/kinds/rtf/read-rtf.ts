import { AppError } from '../../../contract/errors.ts';
import { ReadBudget } from '../../budget.ts';
import type { DocumentReader } from '../../document-reader.ts';
import { readBytes } from '../../input.ts';
import { BlockSections } from '../blocks.ts';
import { type KindNote, type KindSection, numberedSections } from '../sections.ts';
import { RtfText } from './rtf-text.ts';
import { rtfTokens } from './rtf-tokens.ts';

/** Pictures stand in it as digits. */
const rtfLimitBytes = 100_000_000;

/** A rich text: headings, items with their labels, rows of tables, notes and comments behind what they belong to. */
export const readRtf: DocumentReader = async function* (input, span) {
  if (input.bytes > rtfLimitBytes) throw new AppError('file/too-large', `a rich text of ${input.bytes} bytes`);
  yield {
    type: 'kind',
    kind: 'document',
    unit: 'paragraph',
    total: null,
    withoutText: { below: 1, code: 'file/empty' },
  };
  return yield* numberedSections(sectionsOf(readBytes(input, 0, input.bytes)), span);
};

async function* sectionsOf(source: Buffer): AsyncGenerator<KindSection | KindNote> {
  const sections = new BlockSections();
  const text = new RtfText(new ReadBudget(source.length), (block) => sections.add(block));
  for (const token of rtfTokens(source)) {
    text.take(token);
    if (token.type === 'word') yield* sections.take();
  }
  text.end();
  if (text.deleted > 0) sections.note({ note: 'left-out', part: 'deleted-text', count: text.deleted });
  if (text.hidden > 0) sections.note({ note: 'left-out', part: 'hidden-text', count: text.hidden });
  yield* sections.end();
}
