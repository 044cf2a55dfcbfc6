import { numbersIn } from './numbers.ts';

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
const chinese = /(?<month>[\d一二三四五六七八九十]{1,3})月(?<day>[\d一二三四五六七八九十]{1,3})[日号]/gu;

/** Days of a year as texts write them: 4 May, May 4th, 5月4日, 五月四日. */
export function datesIn(text: string): readonly FoundDate[] {
  return [dayFirst, monthFirst, chinese].flatMap((form) =>
    [...text.matchAll(form)].flatMap((match) => {
      const month = monthOf(match.groups?.['month'] ?? '');
      const day = numeralValue(match.groups?.['day'] ?? '');
      const isDay = month >= 1 && month <= 12 && day >= 1 && day <= 31;
      return isDay ? [{ month, day, start: match.index, end: match.index + match[0].length }] : [];
    }),
  );
}

/** Months that a text names, with a day or without. */
export function monthsIn(text: string): ReadonlySet<number> {
  const latin = [...text.matchAll(new RegExp(`\\b(?:${names})(?!\\p{L})`, 'giu'))].map(([name]) => monthOf(name));
  const han = [...text.matchAll(/([\d一二三四五六七八九十]{1,3})月/gu)].map(([, value = '']) => numeralValue(value));
  return new Set([...latin, ...han]);
}

function monthOf(name: string): number {
  const index = months.findIndex((month) => month.startsWith(name.toLowerCase().replace('.', '').slice(0, 3)));
  return index >= 0 ? index + 1 : numeralValue(name);
}

function numeralValue(text: string): number {
  if (text === '一') return 1;
  return Number(numbersIn(text)[0]?.value ?? Number.NaN);
}
