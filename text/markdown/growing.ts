import { isRightToLeft } from '../direction.ts';
import { closeHalf } from './close-half.ts';
import { findUnfinished } from './formulas.ts';
import { parseWithPlaces } from './parse.ts';
import { isPlainParagraph } from './plain-paragraph.ts';
import type { Block } from './tree.ts';

/** The head of a table, and as far as it goes the line below it, which tells that it is one. */
const halfTable = /(?:^|\n[ \t]*\n)[ \t]{0,3}\|[^\n]*(?:\n[ \t]*\|?[ \t:|-]*)?$/;

/** A growing text without the table or formula that begins at its end: until it is known as one, its signs would be seen. */
function withoutHalf(text: string): string {
  const fences = text.match(/^[ \t>]*(?:`{3,}|~{3,})/gm)?.length ?? 0;
  if (fences % 2 === 1) return text;
  const table = halfTable.exec(text)?.index ?? -1;
  if (table !== -1) return text.slice(0, table);
  if (endsInRow(text)) return text.slice(0, text.lastIndexOf('\n') + 1);
  const formula = findUnfinished(text);
  return formula === -1 ? text : text.slice(0, formula);
}

/** The end of a table in which a row has fewer cells than its head so far: shown, it would move the columns of all others. */
function endsInRow(text: string): boolean {
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  if (!last.trimStart().startsWith('|')) return false;
  const head = lines.findLastIndex((line) => !line.trimStart().startsWith('|')) + 1;
  const columns = cellsOf(lines[head] ?? '');
  return columns > 0 && lines.length > head + 1 && cellsOf(last) < columns;
}

/** Cells that are closed, of a line that begins with a stroke. */
function cellsOf(line: string): number {
  return Math.max(0, (line.match(/(?<!\\)\|/g)?.length ?? 0) - 1);
}

/** Notes change the text before them. */
const note = /^ {0,3}\[\^[^\]\n]+\]:/m;

/**
 * Reads a text that grows at its end: only its last block can still change, so that all others are kept as they are, the
 * very same objects. Reading the whole with every word would cost time with the square of its length.
 */
export class GrowingMarkdown {
  #text = '';
  /** Up to here, and into these blocks, the text is read for good. */
  #readTo = 0;
  #settled: readonly Block[] = [];

  /** The blocks of the text so far; null when it cannot be read (see `parseMarkdown`). */
  read(text: string): readonly Block[] | null {
    if (!text.startsWith(this.#text) || note.test(text)) {
      this.#readTo = 0;
      this.#settled = [];
    }
    this.#text = text;
    const rest = text.slice(this.#readTo);
    if (isPlainParagraph(rest)) {
      const children = [{ kind: 'text', text: rest.trimEnd() }] as const;
      return [...this.#settled, { kind: 'paragraph', children, rightToLeft: isRightToLeft(rest) }];
    }
    const read = parseWithPlaces(closeHalf(withoutHalf(rest)));
    if (read === null) return null;
    const blocks = [...this.#settled, ...read.blocks];
    // A mark that just begins is nothing yet: the last of those before it is read for good all the same.
    if (read.blocks.length === 0) return blocks;
    this.#settled = blocks.slice(0, -1);
    // From the beginning of its line: spaces there can make it another block.
    this.#readTo += read.lastAt === 0 ? 0 : rest.lastIndexOf('\n', read.lastAt - 1) + 1;
    return blocks;
  }
}
