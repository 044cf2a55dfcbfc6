import type { ReceiptRow } from '../contract/receipt-log.ts';
import { formatCost } from '../locales/format-money.ts';
import { sayTime } from './chats.ts';
import { columnsOf } from './drawing/cells.ts';
import { cut, pad } from './drawing/layout.ts';
import { type Line, type Piece, piece } from './drawing/pieces.ts';
import type { Words } from './words.ts';

/** Longest name of a model or a host in a list, in columns: what comes from outside does not push the rest off the screen. */
const longestName = 17;

/** When, where, by which model, how much was read and written, and what it cost; cut to the width of a screen. */
export function receiptLines(rows: readonly ReceiptRow[], words: Words, columns: number | null): readonly Line[] {
  const cells = rows.map((row) => [
    [piece(sayTime(row.beganAt, words.language), 'dim')],
    [piece(row.place === 'device' ? '● ' : '○ '), piece(shortened(words.safe(nameOf(row)), columns), 'strong')],
    [piece(row.place === 'device' ? words.sayIn('usage', 'receipts.here') : shortened(words.safe(row.host), columns))],
    [piece(sayAmount(row), 'dim')],
    [piece(sayEnd(row, words), ...(row.state === 'unknown' || row.state === 'failed' ? (['doubtful'] as const) : []))],
  ]);
  const widths = [0, 1, 2, 3].map((at) => Math.max(...cells.map((line) => widthOf(line[at] ?? []))));
  return cells.map((line) => {
    const pieces = line.flatMap((cell, at) => (at < 4 ? [...pad(cell, widths[at] ?? 0), piece('  ')] : cell));
    return columns === null ? pieces : cut(pieces, columns);
  });
}

function nameOf({ modelName, modelId }: ReceiptRow): string {
  return modelName || modelId;
}

function sayAmount({ promptTokens, outputTokens }: ReceiptRow): string {
  return promptTokens === null && outputTokens === null ? '' : `${promptTokens ?? '?'} → ${outputTokens ?? '?'}`;
}

/** What it cost, and how it ended where that is not as it should be. */
function sayEnd(row: ReceiptRow, words: Words): string {
  const state = row.state === 'arrived' ? [] : [words.sayIn('usage', `state.${row.state}`)];
  const unknown = row.place === 'outside' && row.state === 'arrived' ? [words.sayIn('usage', 'receipts.noPrice')] : [];
  return [...state, ...(row.cost === null ? unknown : [formatCost(row.cost)])].join(' · ');
}

function shortened(name: string, columns: number | null): string {
  if (columns === null || columnsOf(name) <= longestName) return name;
  return cut([piece(name)], longestName)
    .map(({ text }) => text)
    .join('');
}

function widthOf(cell: readonly Piece[]): number {
  return columnsOf(cell.map(({ text }) => text).join(''));
}
