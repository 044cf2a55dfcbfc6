import { GrowingMarkdown } from '../../text/markdown/growing.ts';
import type { Block } from '../../text/markdown/tree.ts';
import { type Cell, toCells, toLine } from '../drawing/cells.ts';
import { type Line, type Piece, piece } from '../drawing/pieces.ts';
import { drawBlock } from './draw-block.ts';
import { stableLength } from './stable.ts';

export interface MarkdownStreamOptions {
  readonly write: (text: Line) => void;
  /** Columns of the screen, which may change. */
  readonly columns: () => number;
  /** Milliseconds; as the clock has it when left out. */
  readonly now?: () => number;
}

/** So much of the time goes into drawing at most, one part of so many. */
const timeShare = 4;

/**
 * Draws an answer in a terminal while it is written. What stands there is never changed: of a block that still grows only that
 * is written which will stay as it is.
 */
export class MarkdownStream {
  readonly #options: MarkdownStreamOptions;
  #growing = new GrowingMarkdown();
  #text = '';
  /** Blocks that are written to their end. */
  #done = 0;
  /** What is written of the next one. */
  #cells: readonly Cell[] = [];
  /** A block that is begun keeps its width, whatever becomes of the screen. */
  #columns = 0;
  #restUntil = 0;
  /** From here on the text is written as it comes: it is longer or deeper than what can be read. */
  #plainFrom: number | null = null;

  constructor(options: MarkdownStreamOptions) {
    this.#options = options;
  }

  add(text: string): void {
    this.#text += text;
    const begun = this.#now();
    if (begun < this.#restUntil) return;
    this.#draw(false);
    const ended = this.#now();
    this.#restUntil = ended + (ended - begun) * timeShare;
  }

  /** All is there: writes what was held back, and ends the line. What comes next is another text. */
  end(): void {
    this.#draw(true);
    if (this.#text.trim() !== '') this.#options.write('\n');
    this.#growing = new GrowingMarkdown();
    this.#text = '';
    this.#done = 0;
    this.#cells = [];
    this.#restUntil = 0;
    this.#plainFrom = null;
  }

  #draw(isWhole: boolean): void {
    const blocks = this.#plainFrom === null ? this.#growing.read(this.#text) : null;
    if (blocks === null) {
      this.#writePlain();
      return;
    }
    const settled = isWhole ? blocks.length : blocks.length - 1;
    for (; this.#done < settled; this.#done += 1) {
      const block = blocks[this.#done];
      if (block !== undefined) this.#put(this.#drawn(block), true);
      this.#cells = [];
    }
    const last = isWhole ? undefined : blocks[this.#done];
    if (last === undefined) return;
    const cells = this.#drawn(last);
    this.#put(cells.slice(0, stableLength(last, cells)), false);
  }

  #writePlain(): void {
    if (this.#plainFrom === null) {
      // Beginning with the block that is being written, as far as it is known.
      this.#options.write('\n');
      this.#plainFrom = 0;
    }
    this.#options.write(this.#text.slice(this.#plainFrom));
    this.#plainFrom = this.#text.length;
  }

  #drawn(block: Block): readonly Cell[] {
    if (this.#cells.length === 0) this.#columns = this.#options.columns();
    const lines = drawBlock(block, this.#columns);
    return toCells(lines.flatMap((line, at): readonly Piece[] => (at === 0 ? line : [piece('\n'), ...line])));
  }

  /** Goes on with a block. One that came out another way, which is rare, is written again below. */
  #put(cells: readonly Cell[], isWhole: boolean): void {
    const written = this.#cells;
    const same = written.every(({ text }, at) => cells[at]?.text === text);
    if (!same && !isWhole) return;
    if (written.length === 0 && cells.length > 0 && this.#done > 0) this.#options.write('\n\n');
    if (!same) this.#options.write('\n');
    this.#options.write(toLine(same ? cells.slice(written.length) : cells));
    this.#cells = cells;
  }

  #now(): number {
    return this.#options.now?.() ?? performance.now();
  }
}
