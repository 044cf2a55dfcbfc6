import type { DateUnit, FormAnswers } from '../../contract/atom-forms.ts';
import type { PlainStep } from '../../contract/atom-steps.ts';
import { AppError } from '../../contract/errors.ts';
import { type Day, dayOfNumber, monthsLater, numberOfDay, wholeDatesIn, writeDay } from '../../text/whole-dates.ts';
import { fillAnswers } from './answers.ts';
import { type Room, requireItems } from './room.ts';

type StepNamed<Name extends PlainStep['do']> = Extract<PlainStep, { readonly do: Name }>;

/** All years that there are have fewer days. */
const mostMoved = 4_000_000;

export function findDates(text: string): readonly string[] {
  const found = wholeDatesIn(text);
  requireItems(found.length);
  return found.map(writeDay);
}

/** Every date of a text as another one. Throws `step/no-number` and `step/date-beyond`. */
export function moveDates(
  text: string,
  { by, unit }: StepNamed<'move-date'>,
  answers: FormAnswers,
  room: Room,
): string {
  const said = fillAnswers(by, answers);
  const count = /^[-+]?\d{1,7}$/.test(said) ? Number(said) : Number.NaN;
  if (!Number.isInteger(count)) throw new AppError('step/no-number', 'no whole number', { values: { least: 1 } });
  let made = '';
  let at = 0;
  for (const date of wholeDatesIn(text)) {
    const moved = Math.abs(count) > mostMoved ? null : movedBy[unit](date, count);
    if (moved === null) throw new AppError('step/date-beyond', 'beyond the years that are written so');
    const written = date.write(moved);
    room.take(date.start - at + written.length);
    made += text.slice(at, date.start) + written;
    at = date.end;
  }
  return made + text.slice(at);
}

const movedBy: Readonly<Record<DateUnit, (day: Day, count: number) => Day | null>> = {
  days: (day, count) => dayOfNumber(numberOfDay(day) + count),
  weeks: (day, count) => dayOfNumber(numberOfDay(day) + count * 7),
  months: monthsLater,
  years: (day, count) => monthsLater(day, count * 12),
  workdays: (day, count) => dayOfNumber(workdaysLater(numberOfDay(day), count)),
};

/** Monday to Friday count; no holidays are known here. */
function workdaysLater(from: number, count: number): number {
  const step = count < 0 ? -1 : 1;
  // Five of them are a week, from whichever day.
  let at = from + Math.trunc(count / 5) * 7;
  for (let left = Math.abs(count % 5); left > 0; left -= isWorkday(at) ? 1 : 0) at += step;
  while (count !== 0 && !isWorkday(at)) at -= step;
  return at;
}

/** 1 January 1970 was a Thursday. */
function isWorkday(number: number): boolean {
  const weekday = (((number + 3) % 7) + 7) % 7;
  return weekday < 5;
}

/** From the first date of a text to the second one, or from today to the only one. Throws `step/no-date`. */
export function betweenDates(text: string, { unit }: StepNamed<'between-dates'>, now: Date): string {
  const [first, second] = wholeDatesIn(text);
  if (first === undefined) throw new AppError('step/no-date', 'no date');
  const today = { year: now.getFullYear(), month: now.getMonth() + 1, day: now.getDate() };
  const [from, to] = second === undefined ? [today, first] : [first, second];
  return String(unitsBetween(from, to, unit));
}

/** Whole units; what is left is cut off. */
function unitsBetween(from: Day, to: Day, unit: DateUnit): number {
  const [start, end] = [numberOfDay(from), numberOfDay(to)];
  if (unit === 'days') return end - start;
  if (unit === 'weeks') return Math.trunc((end - start) / 7) || 0;
  if (unit === 'workdays') return workdaysBetween(start, end);
  const months = monthsBetween(from, to);
  return (unit === 'months' ? months : Math.trunc(months / 12)) || 0;
}

function monthsBetween(from: Day, to: Day): number {
  const isBack = numberOfDay(to) < numberOfDay(from);
  const [low, high] = isBack ? [to, from] : [from, to];
  const count = (high.year - low.year) * 12 + high.month - low.month;
  const reached = monthsLater(low, count);
  const whole = reached !== null && numberOfDay(reached) > numberOfDay(high) ? count - 1 : count;
  return isBack ? -whole : whole;
}

/** Workdays after the first day, up to the last and with it. */
function workdaysBetween(start: number, end: number): number {
  if (end < start) return -workdaysBetween(end, start) || 0;
  const weeks = Math.floor((end - start) / 7);
  let count = weeks * 5;
  for (let day = start + weeks * 7 + 1; day <= end; day += 1) if (isWorkday(day)) count += 1;
  return count;
}
