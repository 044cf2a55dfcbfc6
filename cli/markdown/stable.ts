import type { Block } from '../../text/markdown/tree.ts';
import type { Cell } from '../drawing/cells.ts';
import { unitsOf } from '../drawing/layout.ts';

/** How far behind an unclosed mark is waited for what closes it. */
const longestWait = 240;

/**
 * How many cells of a block that still grows will look the same however it goes on. The last word may yet be longer and
 * belong into the next line; what a mark has opened may become bold or a link; a table is known at its end alone.
 */
export function stableLength(block: Block, cells: readonly Cell[]): number {
  if (holdsTable(block)) return 0;
  if (block.kind === 'code' || block.kind === 'verbatim')
    return Math.max(
      cells.findLastIndex(({ text }) => text === '\n'),
      0,
    );
  const units = unitsOf(cells);
  const held = units.slice(-2).reduce((sum, unit) => sum + unit.length, 0);
  const end = endOfText(cells, cells.length - held);
  const open = openMark(cells, Math.max(0, cells.length - longestWait));
  return open === null ? end : Math.min(end, endOfText(cells, open));
}

function holdsTable(block: Block): boolean {
  if (block.kind === 'table') return true;
  if (block.kind === 'quote' || block.kind === 'note') return block.blocks.some(holdsTable);
  return block.kind === 'list' && block.items.some(({ blocks }) => blocks.some(holdsTable));
}

/** White space before a word may turn out to be a line end. */
function endOfText(cells: readonly Cell[], before: number): number {
  return cells.slice(0, before).findLastIndex(({ text }) => text !== ' ' && text !== '\n') + 1;
}

/** The first sign that may open something and that nothing has closed: it would be no text any more. */
function openMark(cells: readonly Cell[], from: number): number | null {
  for (let at = from; at < cells.length; at += 1) {
    const { text = '', looks = [] } = cells[at] ?? {};
    if (!/^[*_~`[\]\\$<|]$/.test(text) || looks.includes('code')) continue;
    // The line of a table whose next line is not there yet.
    if (text === '|') return cells.slice(0, at).findLastIndex((cell) => cell.text === '\n') + 1;
    const [before = ' ', after = ''] = [cells[at - 1]?.text, cells[at + 1]?.text];
    const isInWord = text === '_' && /[\p{L}\p{N}_]/u.test(before);
    if (!isInWord && !/^\s$/.test(after)) return at;
  }
  return null;
}
