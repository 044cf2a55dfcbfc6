import { numeralValue } from '../../text/numerals.ts';

export interface FoundDate {
  /** From 1 to 12. */
  readonly month: number;
  /** From 1 to 31. */
  readonly day: number;
  readonly start: number;
  readonly end: number;
}

const months = 'january february march april may june july august september october november december'.split(' ');
const names = `${months.map((month) => `${month}|${month.slice(0, 3)}\\.?`).join('|')}|sept\\.?`;
const dayFirst = new RegExp(`\\b(?<day>\\d{1,2})(?:st|nd|rd|th)?(?: of)? (?<month>${names})(?!\\p{L})`, 'giu');
const monthFirst = new RegExp(`\\b(?<month>${names}) (?<day>\\d{1,2})(?:st|nd|rd|th)?\\b`, 'giu');
const monthNames = new RegExp(`\\b(?:${names})(?!\\p{L})`, 'giu');
const chinese = /(?<month>[\d一二三四五六七八九十]{1,3})月(?<day>[\d一二三四五六七八九十]{1,3})[日号]/gu;

/** 2024-05-14, 14/05/2024 or 05/14/2024, and with points. */
const yearFirst = /(?<![\d.-])\d{4}(?<mark>[-/.])(?<month>\d{1,2})\k<mark>(?<day>\d{1,2})(?!\d)/g;
const yearLast = /(?<![\d.-])(?<one>\d{1,2})(?<mark>[-/.])(?<other>\d{1,2})\k<mark>(?:\d{4}|\d{2})(?!\d)/g;

/**
 * Days of a year as texts write them: 4 May, May 4th, 5月4日, 五月四日, 2024-05-04. What may be one of two, as 04/05/2024, is
 * there as both, at the same place.
 */
export function datesIn(text: string): readonly FoundDate[] {
  const named = [dayFirst, monthFirst, chinese].flatMap((form) =>
    [...text.matchAll(form)].flatMap((match) =>
      dayAt(match, monthOf(match.groups?.['month'] ?? ''), numeralValue(match.groups?.['day'] ?? '')),
    ),
  );
  return [...named, ...numericDates(text)];
}

function numericDates(text: string): readonly FoundDate[] {
  const first = [...text.matchAll(yearFirst)].flatMap((match) =>
    dayAt(match, Number(match.groups?.['month']), Number(match.groups?.['day'])),
  );
  const last = [...text.matchAll(yearLast)].flatMap((match) => {
    const [one, other] = [Number(match.groups?.['one']), Number(match.groups?.['other'])];
    return [...dayAt(match, other, one), ...dayAt(match, one, other)];
  });
  return [...first, ...last];
}

/** Days without their month: the 14th, 14日. */
export function loneDaysIn(text: string): readonly number[] {
  const latin = [...text.matchAll(/\b(\d{1,2})(?:st|nd|rd|th)\b/gi)].map(([, day]) => Number(day));
  const han = [...text.matchAll(/([\d一二三四五六七八九十]{1,3})[日号]/gu)].map(([, day = '']) => numeralValue(day));
  return [...latin, ...han].filter((day) => day >= 1 && day <= 31);
}

function dayAt(match: RegExpExecArray, month: number, day: number): readonly FoundDate[] {
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= 31;
  return isDay ? [{ month, day, start: match.index, end: match.index + match[0].length }] : [];
}

/** Months without a day in Chinese; those of English are told with the names, by their capitals. */
export function chineseMonthsIn(text: string): readonly Omit<FoundDate, 'day'>[] {
  return [...text.matchAll(/[\d一二三四五六七八九十]{1,3}月(?![\d一二三四五六七八九十]{1,3}[日号])/gu)].flatMap(
    (match) => {
      const month = numeralValue(match[0].slice(0, -1));
      return month >= 1 && month <= 12 ? { month, start: match.index, end: match.index + match[0].length } : [];
    },
  );
}

/** Months that a text names, with a day or without, or has in its dates. */
export function monthsIn(text: string): ReadonlySet<number> {
  const latin = [...text.matchAll(monthNames)].map(([name]) => monthOf(name));
  const han = [...text.matchAll(/([\d一二三四五六七八九十]{1,3})月/gu)].map(([, value = '']) => numeralValue(value));
  return new Set([...latin, ...han, ...numericDates(text).map(({ month }) => month)]);
}

/** The English name of a month from 1 to 12. */
export function monthName(month: number): string {
  return months[month - 1] ?? '';
}

function monthOf(name: string): number {
  const index = months.findIndex((month) => month.startsWith(name.toLowerCase().replace('.', '').slice(0, 3)));
  return index >= 0 ? index + 1 : numeralValue(name);
}
