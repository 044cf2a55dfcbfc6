import type { Extension } from 'mdast-util-from-markdown';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { dialectFor, treeExtensions } from './dialect.ts';
import { findNeededEscapes } from './escapes.ts';
import { toBlocks } from './to-blocks.ts';
import type { Block } from './tree.ts';

/** Characters of one text. */
const longest = 200_000;
/** Pairs of marks in one paragraph are looked for among all its marks: the time grows with their square. */
const mostPairs = 2_000_000;
const marks = /[*_]+|~~|!?\[|]/g;
const betweenParagraphs = /\n[ \t]*\n|\n(?=[ \t]*(?:[|>]|[-+*][ \t]|\d{1,9}[.)][ \t]))/;
/** Blocks within blocks: 40 marks at the beginning of a line. */
const tooDeep = /^[ \t]*(?:(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])[ \t]*){40}/m;

/**
 * The tree of an answer; null for one that is too long, or nested deeper than any real one: it is shown as it is written.
 * In the tree is every character that is no mark of formatting. Nothing in it was decoded: entities and HTML are text.
 */
export function parseMarkdown(text: string): readonly Block[] | null {
  return parseWithPlaces(text)?.blocks ?? null;
}

/** Parses with the place where the last block begins. */
export function parseWithPlaces(source: string): { readonly blocks: readonly Block[]; readonly lastAt: number } | null {
  const text = source.replace(/^\uFEFF/, ' ');
  if (text.length > longest || isTooDeep(text)) return null;
  const needed = findNeededEscapes(text);
  const { children } = fromMarkdown(text, {
    extensions: dialectFor(text),
    mdastExtensions: [...treeExtensions, keepBackslashes(needed)],
  });
  return { blocks: toBlocks(children, { text, needed }), lastAt: children.at(-1)?.position?.start.offset ?? 0 };
}

/** Backslashes that keep no mark from formatting are text. */
function keepBackslashes(needed: ReadonlySet<number>): Extension {
  return {
    exit: {
      escapeMarker({ start }) {
        const written = this.stack.at(-1);
        if (written?.type === 'text' && !needed.has(start.offset)) written.value += '\\';
      },
    },
  };
}

function isTooDeep(text: string): boolean {
  const counts = text.split(betweenParagraphs).map((paragraph) => paragraph.match(marks)?.length ?? 0);
  return tooDeep.test(text) || counts.reduce((sum, count) => sum + count * count, 0) > mostPairs;
}
