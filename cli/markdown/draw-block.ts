import type { Block, ListBlock, ListItem } from '../../text/markdown/tree.ts';
import { columnsOf } from '../drawing/cells.ts';
import { wrap } from '../drawing/layout.ts';
import { type Piece, piece } from '../drawing/pieces.ts';
import { drawInlines } from './draw-inlines.ts';
import { drawTable } from './draw-table.ts';

type Lines = readonly (readonly Piece[])[];

const ruleColumns = 40;
/** Deeper than this nothing is set in any more: there would be no room left. */
const leastRoom = 20;

/** A block of an answer as lines of a terminal. What grows at its end grows here only at its end, but for tables. */
export function drawBlock(block: Block, columns: number): Lines {
  switch (block.kind) {
    case 'paragraph':
      return wrap(drawInlines(block.children), columns);
    case 'heading':
      return wrap(drawInlines(block.children, block.level === 1 ? ['strong', 'underlined'] : ['strong']), columns);
    case 'list':
      return drawList(block, columns);
    case 'table':
      return drawTable(block, columns);
    case 'quote':
      return inFront(piece('│ ', 'dim'), drawBlocks(block.blocks, columns - 2));
    case 'code':
      return drawCode(block.language, block.text);
    case 'verbatim':
      return block.text.split('\n').map((line) => [piece(line)]);
    case 'rule':
      return [[piece('─'.repeat(Math.min(columns, ruleColumns)), 'dim')]];
    case 'note':
      return drawBlocks(block.blocks, columns);
  }
}

function drawBlocks(blocks: readonly Block[], columns: number, between: Lines = [[]]): Lines {
  return blocks.flatMap((block, at) => [...(at === 0 ? [] : between), ...drawBlock(block, columns)]);
}

/** Leaves code as it is, so that it can be copied: a line that is too long is the terminal's to break. */
function drawCode(language: string | null, text: string): Lines {
  const lines = text.split('\n').map((line) => [piece(line, 'code')]);
  return language === null ? lines : [[piece(language, 'dim')], ...lines];
}

function drawList({ items }: ListBlock, columns: number): Lines {
  return items.flatMap((item) => drawItem(item, columns));
}

function drawItem({ number, done, blocks }: ListItem, columns: number): Lines {
  const task = done === null ? null : done ? '☑ ' : '☐ ';
  const mark = task ?? (number === null ? '• ' : `${number} `);
  const width = columnsOf(mark);
  const inner = columns - width < leastRoom ? columns : columns - width;
  const [first = [], ...rest] = drawBlocks(blocks, inner, []);
  const space = piece(' '.repeat(columns - width < leastRoom ? 0 : width));
  return [[piece(mark, 'dim'), ...first], ...inFront(space, rest)];
}

function inFront(mark: Piece, lines: Lines): Lines {
  return lines.map((line) => [mark, ...line]);
}
