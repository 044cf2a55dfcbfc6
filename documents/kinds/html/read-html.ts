import { ReadBudget } from '../../budget.ts';
import type { DocumentReader } from '../../document-reader.ts';
import { decodedText } from '../../text/read-text.ts';
import { BlockSections } from '../blocks.ts';
import { type KindNote, type KindSection, numberedSections } from '../sections.ts';
import { type HtmlBlock, HtmlBlocks } from './html-blocks.ts';

/** Characters of a page's own content from which the rest of it is left out, and the share of all that they have to be. */
const leastMain = 200;
const leastMainShare = 0.2;

/** The content of a page: what it names as such, else all of it without what stands beside. */
export const readHtml: DocumentReader = async function* (input, span) {
  yield { type: 'kind', kind: 'web', unit: 'paragraph', total: null, withoutText: { below: 1, code: 'file/empty' } };
  const { text, notes } = await decodedText(input);
  yield* notes;
  const html = new HtmlBlocks(new ReadBudget(input.bytes));
  html.write(text);
  html.end();
  return yield* numberedSections(sectionsOf(html), span);
};

async function* sectionsOf(html: HtmlBlocks): AsyncGenerator<KindSection | KindNote> {
  const sections = new BlockSections();
  const blocks = contentOf(html.blocks);
  const title = html.title.replaceAll(/\s+/g, ' ').trim();
  if (title !== '' && !blocks.some(({ heading }) => heading === 1)) sections.add({ text: title, heading: 1 });
  for (const block of blocks) sections.add(block);
  if (html.hidden > 0) sections.note({ note: 'left-out', part: 'hidden-text', count: html.hidden });
  yield* sections.end();
}

/** What a page is about. */
export function contentOf(blocks: readonly HtmlBlock[]): readonly HtmlBlock[] {
  const main = blocks.filter(({ where }) => where === 'main');
  const length = (some: readonly HtmlBlock[]) => some.reduce((sum, { text }) => sum + text.length, 0);
  if (length(main) >= leastMain && length(main) >= leastMainShare * length(blocks)) return main;
  const inside = blocks.filter(({ where }) => where !== 'aside');
  return inside.length > 0 ? inside : blocks;
}
