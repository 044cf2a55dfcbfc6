import type { Locator, Span } from './locator.ts';

type Cells = Extract<Locator, { unit: 'cells' }>;

/** Letters of the alphabet, as columns are counted by. */
const letters = 26;

/** Cells as spreadsheets write them in every language: `A1:H20`, one alone `B2`. */
export function cellRange({ from, to }: Pick<Cells, 'from' | 'to'>): string {
  const [first, last] = [cellName(from), cellName(to)];
  return first === last ? first : `${first}:${last}`;
}

function cellName({ row, column }: Cells['from']): string {
  let name = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / letters))
    name = String.fromCharCode(65 + ((rest - 1) % letters)) + name;
  return `${name}${row}`;
}

/** A time as players show it: `1:05`, `1:02:03`. */
export function clockTime(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  const end = twoDigits(seconds % 60);
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${end}` : `${minutes}:${end}`;
}

/** One number, or the first and the last with a sign between. */
export function spanText({ first, last }: Span, between: string): string {
  return first === last ? `${first}` : `${first}${between}${last}`;
}
