import { lexer } from 'marked';

/**
 * Cuts Markdown into its top-level blocks, so that a growing answer only renders its last one anew. Link reference
 * definitions belong to the whole text and are put behind every block that could use them.
 */
export function toBlocks(markdown: string): readonly string[] {
  const tokens = lexer(markdown, { gfm: true });
  const definitions = tokens.filter(({ type }) => type === 'def').map(({ raw }) => raw);
  const suffix = definitions.length === 0 ? '' : `\n\n${definitions.join('\n')}`;
  return tokens.filter(({ type }) => type !== 'space' && type !== 'def').map(({ raw }) => raw + suffix);
}

/** One line that begins with a letter and holds nothing that Markdown, or its way to find addresses, gives a meaning. */
const plainLine = /^\p{L}[\p{L}\p{M}\p{N} ,.;:?!'"()%‘’“”—–…，。；：？！、（）《》]*$/u;

/**
 * Whether a block is a paragraph of plain words, for which there is nothing to parse: most of what grows is one, and it is
 * drawn anew with every word.
 */
export function isPlainParagraph(block: string): boolean {
  const text = block.trimEnd();
  return plainLine.test(text) && !/www\.|:\/\//i.test(text);
}
