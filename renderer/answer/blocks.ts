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
