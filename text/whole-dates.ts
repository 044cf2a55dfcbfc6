import { numeralValue } from './numerals.ts';

/** A day of the calendar that is used today, also for days before there was that calendar. */
export interface Day {
  /** From 1 to 9999. */
  readonly year: number;
  /** From 1 to 12. */
  readonly month: number;
  /** From 1 to 31. */
  readonly day: number;
}

export interface FoundDay extends Day {
  readonly start: number;
  readonly end: number;
  /** Another day, written as this one is. */
  readonly write: (day: Day) => string;
}

const months = 'January February March April May June July August September October November December'.split(' ');
const names = `${months.join('|')}|${months.map((month) => month.slice(0, 3)).join('|')}|Sept`;
const two = (number: number) => String(number).padStart(2, '0');
const four = (number: number) => String(number).padStart(4, '0');

/** 2026-05-04, 2026/5/4, 2026.05.04. */
const yearFirst = /(?<![\d./-])(?<year>\d{4})(?<mark>[-/.])(?<month>\d{1,2})\k<mark>(?<day>\d{1,2})(?![\d]|[-/.]\d)/g;
/** 31/05/2026, 5/31/2026: only where one of both cannot be a month. */
const yearLast = /(?<![\d./-])(?<one>\d{1,2})(?<mark>[-/.])(?<other>\d{1,2})\k<mark>(?<year>\d{4})(?![\d]|[-/.]\d)/g;
const dayFirst = new RegExp(
  `(?<![\\p{L}\\d])(?<day>\\d{1,2})(?<ending>st|nd|rd|th)?(?<of> of)? (?<name>${names})(?<point>\\.?)(?<comma>,?) (?<year>\\d{4})(?!\\d)`,
  'giu',
);
const monthFirst = new RegExp(
  `(?<![\\p{L}\\d])(?<name>${names})(?<point>\\.?) (?<day>\\d{1,2})(?<ending>st|nd|rd|th)?(?<comma>,?) (?<year>\\d{4})(?!\\d)`,
  'giu',
);
const chinese =
  /(?<year>\d{4}|[〇零一二三四五六七八九]{4})(?<gap> ?)年 ?(?<month>[\d一二三四五六七八九十]{1,3}) ?月 ?(?<day>[\d一二三四五六七八九十]{1,3}) ?(?<last>[日号])/gu;

/**
 * The days of a text that are whole, with their year, in the order in which they stand. What may be one of two days, as 04/05/2026,
 * is none, and a day that the calendar does not have is none.
 */
export function wholeDatesIn(text: string): readonly FoundDay[] {
  const found = [...numeric(text), ...named(text), ...inChinese(text)].sort((one, other) => one.start - other.start);
  let end = 0;
  return found.filter((date) => {
    if (date.start < end) return false;
    end = date.end;
    return true;
  });
}

function* numeric(text: string): Generator<FoundDay> {
  for (const match of text.matchAll(yearFirst)) {
    const { mark = '-', month = '', day = '' } = match.groups ?? {};
    const isPadded = month.length === 2 && day.length === 2;
    const put = isPadded ? two : String;
    yield* dayOf(match, Number(match.groups?.['year']), Number(month), Number(day), (to) =>
      [four(to.year), put(to.month), put(to.day)].join(mark),
    );
  }
  for (const match of text.matchAll(yearLast)) {
    const { mark = '/', one = '', other = '' } = match.groups ?? {};
    const [first, second] = [Number(one), Number(other)];
    if (first <= 12 && second <= 12 && first !== second) continue;
    const isDayFirst = first > 12 || first === second;
    const put = one.length === 2 && other.length === 2 ? two : String;
    const [day, month] = isDayFirst ? [first, second] : [second, first];
    yield* dayOf(match, Number(match.groups?.['year']), month, day, (to) =>
      [...(isDayFirst ? [put(to.day), put(to.month)] : [put(to.month), put(to.day)]), four(to.year)].join(mark),
    );
  }
}

function* named(text: string): Generator<FoundDay> {
  for (const match of text.matchAll(dayFirst)) {
    const { day = '', ending, of = '', name = '', point = '', comma = '', year } = match.groups ?? {};
    yield* dayOf(match, Number(year), monthOf(name), Number(day), (to) => {
      const said = `${to.day}${ending === undefined ? '' : endingOf(to.day)}${of}`;
      return `${said} ${nameLike(name, to.month)}${point}${comma} ${four(to.year)}`;
    });
  }
  for (const match of text.matchAll(monthFirst)) {
    const { day = '', ending, name = '', point = '', comma = '', year } = match.groups ?? {};
    yield* dayOf(match, Number(year), monthOf(name), Number(day), (to) => {
      const said = `${to.day}${ending === undefined ? '' : endingOf(to.day)}`;
      return `${nameLike(name, to.month)}${point} ${said}${comma} ${four(to.year)}`;
    });
  }
}

function* inChinese(text: string): Generator<FoundDay> {
  for (const match of text.matchAll(chinese)) {
    const { year = '', month = '', day = '', last = '日' } = match.groups ?? {};
    const value = /^\d/.test(year) ? Number(year) : Number([...year].map(digitOf).join(''));
    // What was in Chinese numerals is written in digits: those of a year are a style of their own.
    yield* dayOf(match, value, numeralValue(month), numeralValue(day), (to) => {
      const put = month.length === 2 && day.length === 2 && /^\d/.test(month) ? two : String;
      return `${four(to.year)}年${put(to.month)}月${put(to.day)}${last}`;
    });
  }
}

function* dayOf(
  match: RegExpExecArray,
  year: number,
  month: number,
  day: number,
  write: FoundDay['write'],
): Generator<FoundDay> {
  if (!isDay({ year, month, day })) return;
  yield { year, month, day, start: match.index, end: match.index + match[0].length, write };
}

/** Whether the calendar has it. */
export function isDay({ year, month, day }: Day): boolean {
  if (!(year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1)) return false;
  return day <= daysOfMonth(year, month);
}

/** As 2026-05-04. */
export function writeDay({ year, month, day }: Day): string {
  return `${four(year)}-${two(month)}-${two(day)}`;
}

/** Days since 1 January 1970. */
export function numberOfDay({ year, month, day }: Day): number {
  const date = new Date(0);
  // The constructor takes the years 0 to 99 for others.
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime() / 86_400_000;
}

/** Null beyond the years 1 to 9999. */
export function dayOfNumber(number: number): Day | null {
  const date = new Date(number * 86_400_000);
  const found = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  return isDay(found) ? found : null;
}

/** Moves a day by so many months, or to the last day of that month where it is shorter; null beyond the years 1 to 9999. */
export function monthsLater({ year, month, day }: Day, months: number): Day | null {
  const count = year * 12 + month - 1 + months;
  const to = { year: Math.floor(count / 12), month: (((count % 12) + 12) % 12) + 1 };
  if (!(to.year >= 1 && to.year <= 9999)) return null;
  return { ...to, day: Math.min(day, daysOfMonth(to.year, to.month)) };
}

function daysOfMonth(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (month === 2) return isLeap ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function monthOf(name: string): number {
  return months.findIndex((month) => month.slice(0, 3).toLowerCase() === name.slice(0, 3).toLowerCase()) + 1;
}

/** The name of a month, short and in capitals or not as another one is written. */
function nameLike(name: string, month: number): string {
  const whole = months[month - 1] ?? '';
  // May is as long as its short form.
  const cut = name.length <= 4 && !(name.length === 3 && name.toLowerCase() === 'may') && !isWhole(name);
  const said = cut ? whole.slice(0, 3) : whole;
  if (name === name.toUpperCase()) return said.toUpperCase();
  return name === name.toLowerCase() ? said.toLowerCase() : said;
}

function isWhole(name: string): boolean {
  return months.some((month) => month.toLowerCase() === name.toLowerCase());
}

function endingOf(day: number): string {
  if (day >= 11 && day <= 13) return 'th';
  return ['th', 'st', 'nd', 'rd'][day % 10] ?? 'th';
}

function digitOf(numeral: string): number {
  return numeral === '〇' ? 0 : '零一二三四五六七八九'.indexOf(numeral);
}
