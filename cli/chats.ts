import type { ConversationSummary } from '../contract/conversation.ts';
import { AppError } from '../contract/errors.ts';
import { columnsOf } from './drawing/cells.ts';
import { cut, pad } from './drawing/layout.ts';
import { type Line, type Piece, piece } from './drawing/pieces.ts';
import type { CommandInput } from './run-cli.ts';
import type { Words } from './words.ts';

/** As many as one request answers; older ones are found by words. */
const mostNumbered = 500;

/** A chat, or a place in one, as a line of a list. */
export interface ChatLine {
  /** Its place among all chats, the newest first; null beyond those that have one. */
  readonly number: number | null;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly text: string;
}

/** Numbers of chats by their ids: 1 is the newest. */
export async function numberedChats({
  session,
}: Pick<CommandInput, 'session'>): Promise<readonly ConversationSummary[]> {
  return session.keep(() => session.client.call('conversation.list', { query: '', limit: mostNumbered }));
}

/** The chat that a person named by its number or id; the newest for an empty name. */
export async function findChat(input: Pick<CommandInput, 'session'>, named: string): Promise<ConversationSummary> {
  const chats = await numberedChats(input);
  const wanted = named.trim();
  const number = wanted === '' ? 1 : /^\d+$/.test(wanted) ? Number(wanted) : null;
  const found = number === null ? chats.find(({ id }) => id === wanted) : chats[number - 1];
  if (found === undefined) {
    const values = { context: chats.length === 0 ? 'none' : 'named', chat: wanted };
    throw new AppError('conversation/not-found', wanted, { values });
  }
  return found;
}

/** Number, time and title in columns; cut to the width of a screen. */
export function chatLines(chats: readonly ChatLine[], words: Words, columns: number | null): readonly Line[] {
  const times = chats.map(({ at }) => sayTime(at, words.language));
  const timeColumns = Math.max(...times.map(columnsOf), 0);
  const numbers = Math.max(...chats.map(({ number }) => String(number ?? '').length), 0);
  return chats.map(({ number, text }, index) => {
    const line: readonly Piece[] = [
      ...pad(String(number ?? ''), numbers, 'start'),
      piece('  '),
      ...pad([piece(times[index] ?? '', 'dim')], timeColumns),
      piece(`  ${words.safe(text)}`),
    ];
    return columns === null ? line : cut(line, columns);
  });
}

/** The time alone of what is of today, no year of what is of this one. */
export function sayTime(at: number, language: string): string {
  const [then, now] = [new Date(at), new Date()];
  const isToday = then.toDateString() === now.toDateString();
  const isThisYear = then.getFullYear() === now.getFullYear();
  const day = isToday ? {} : ({ month: 'short', day: 'numeric', ...(isThisYear ? {} : { year: 'numeric' }) } as const);
  const clock = isThisYear ? ({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const) : {};
  return new Intl.DateTimeFormat(language, { ...day, ...clock }).format(then);
}
