import type { ReceiptRow } from '../contract/receipt-log.ts';
import { formatCost } from '../locales/format-money.ts';
import { sayTime } from './chats.ts';
import { columnsOf } from './drawing/cells.ts';
import { cut, pad } from './drawing/layout.ts';
import { type Line, type Piece, piece } from './drawing/pieces.ts';
import type { Words } from './words.ts';

/** Longest name of a model or a host in a list, in columns: what comes from outside does not push the rest off the screen. */
const longestName = 17;

/** In columns: less of a name says nothing. */
const shortestName = 6;
const marks = { here: '● ', elsewhere: '○ ' } as const;
const between = '  ';

/** When, where, by which model, how much was read and written, and what it cost; cut to the width of a screen. */
export function receiptLines(rows: readonly ReceiptRow[], words: Words, columns: number | null): readonly Line[] {
  const said = rows.map((row) => ({
    row,
    time: sayTime(row.beganAt, words.language),
    name: words.safe(nameOf(row)),
    host: row.place === 'device' ? words.sayIn('usage', 'receipts.here') : words.safe(row.host),
    amount: sayAmount(row),
    ...saidEnd(row, words),
  }));
  const longest = namesThatFit(said, columns);
  const cells = said.map(({ row, time, name, host, amount, end }) => [
    [piece(time, 'dim')],
    [piece(row.place === 'device' ? marks.here : marks.elsewhere), piece(shortened(name, longest.name), 'strong')],
    [piece(shortened(host, longest.host))],
    [piece(amount, 'dim')],
    [piece(end, ...(row.state === 'unknown' || row.state === 'failed' ? (['doubtful'] as const) : []))],
  ]);
  const widths = [0, 1, 2, 3].map((at) => Math.max(...cells.map((line) => widthOf(line[at] ?? []))));
  return cells.map((line) => {
    const pieces = line.flatMap((cell, at) => (at < 4 ? [...pad(cell, widths[at] ?? 0), piece(between)] : cell));
    return columns === null ? pieces : cut(pieces, columns);
  });
}

function nameOf({ modelName, modelId }: ReceiptRow): string {
  return modelName || modelId;
}

function sayAmount({ promptTokens, outputTokens }: ReceiptRow): string {
  return promptTokens === null && outputTokens === null ? '' : `${promptTokens ?? '?'} → ${outputTokens ?? '?'}`;
}

/** How it ended where that is not as it should be, and what it cost. `needed`: what has to stand whole of it. */
function saidEnd(row: ReceiptRow, words: Words): Pick<Said, 'end' | 'needed'> {
  const cost = row.cost === null ? '' : formatCost(row.cost);
  const unknown = row.place === 'outside' && row.cost === null ? words.sayIn('usage', 'receipts.noPrice') : '';
  const state = row.state === 'arrived' ? unknown : words.sayIn('usage', `state.${row.state}`);
  return { end: [state, cost].filter((part) => part !== '').join(' · '), needed: state || cost };
}

interface Said {
  readonly time: string;
  readonly name: string;
  readonly host: string;
  readonly amount: string;
  readonly end: string;
  readonly needed: string;
}

/** How long names of models and of hosts may be, so that how each call ended stands whole behind them; the wider column gives way. */
function namesThatFit(said: readonly Said[], columns: number | null): { readonly name: number; readonly host: number } {
  const widest = (of: (one: Said) => string) => Math.max(0, ...said.map((one) => columnsOf(of(one))));
  if (columns === null) return { name: Number.POSITIVE_INFINITY, host: Number.POSITIVE_INFINITY };
  const others = widest(({ time }) => time) + widest(({ amount }) => amount) + widest(({ needed }) => needed);
  // The cost of a call may be cut; its state, which stands before, may not.
  const room = columns - columnsOf(' …') - others - columnsOf(marks.here) - 4 * columnsOf(between);
  let [name, host] = [widest((one) => one.name), widest((one) => one.host)].map((wide) =>
    Math.min(wide, longestName),
  ) as [number, number];
  while (name + host > room && Math.max(name, host) > shortestName) {
    if (host > name) host -= 1;
    else name -= 1;
  }
  return { name, host };
}

function shortened(name: string, longest: number): string {
  if (columnsOf(name) <= longest) return name;
  return cut([piece(name)], longest)
    .map(({ text }) => text)
    .join('');
}

function widthOf(cell: readonly Piece[]): number {
  return columnsOf(cell.map(({ text }) => text).join(''));
}
