import type { ConversationRow } from '../../contract/conversation.ts';

/** When something was, as a list is divided: `month` is told by its name and year. */
export type ChatGroup =
  | { readonly kind: 'pinned' | 'today' | 'yesterday' | 'week' }
  | { readonly kind: 'month'; readonly name: string };

export interface GroupedChats {
  readonly group: ChatGroup;
  readonly rows: readonly ConversationRow[];
}

/** Says times as short as a person does, in one language; made once, for a list has hundreds of them. */
export interface SaidTimes {
  /** The hour of today and yesterday, then the day of the week, the day, and the year when it is another one. */
  readonly short: (at: number, now: number) => string;
  /** The hour alone. */
  readonly hour: (at: number) => string;
  /** Date and time in full. */
  readonly full: (at: number) => string;
  readonly month: (at: number) => string;
}

const weekDays = 7;

export function sayTimes(language: string): SaidTimes {
  // English is written with the day before the month, as everywhere but in the United States.
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, options);
  const hour = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const weekday = format({ weekday: 'short' });
  const day = format({ day: 'numeric', month: 'short' });
  const date = format({ day: 'numeric', month: 'short', year: 'numeric' });
  const full = format({ dateStyle: 'full', timeStyle: 'short' });
  const month = format({ month: 'long', year: 'numeric' });
  return {
    short: (at, now) => {
      const days = daysBetween(at, now);
      if (days <= 1) return hour.format(at);
      if (days < weekDays) return weekday.format(at);
      return (new Date(at).getFullYear() === new Date(now).getFullYear() ? day : date).format(at);
    },
    hour: (at) => hour.format(at),
    full: (at) => full.format(at),
    month: (at) => month.format(at),
  };
}

/** Chats in groups, each in the order in which they came: those that are pinned, then by day, week and month. */
export function groupChats(
  rows: readonly ConversationRow[],
  now: number,
  { month }: Pick<SaidTimes, 'month'>,
): readonly GroupedChats[] {
  const groups = new Map<string, { group: ChatGroup; rows: ConversationRow[] }>();
  for (const row of rows) {
    const group = groupOf(row, now, month);
    const key = group.kind === 'month' ? group.name : group.kind;
    const there = groups.get(key);
    if (there === undefined) groups.set(key, { group, rows: [row] });
    else there.rows.push(row);
  }
  return [...groups.values()];
}

function groupOf({ pinnedAt, updatedAt }: ConversationRow, now: number, month: SaidTimes['month']): ChatGroup {
  if (pinnedAt !== null) return { kind: 'pinned' };
  const days = daysBetween(updatedAt, now);
  if (days <= 0) return { kind: 'today' };
  if (days === 1) return { kind: 'yesterday' };
  return days <= weekDays ? { kind: 'week' } : { kind: 'month', name: month(updatedAt) };
}

/** Midnights between two times where the person is: an hour ago may be yesterday, and a day may have 23 hours. */
function daysBetween(from: number, to: number): number {
  const dayOf = (time: number) => {
    const date = new Date(time);
    return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000;
  };
  return dayOf(to) - dayOf(from);
}
