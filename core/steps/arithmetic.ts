import type { FormAnswers } from '../../contract/atom-forms.ts';
import type { PlainStep } from '../../contract/atom-steps.ts';
import { AppError } from '../../contract/errors.ts';
import {
  add,
  compare,
  type Decimal,
  divide,
  multiply,
  negate,
  readDecimal,
  round,
  trim,
  writeDecimal,
} from '../../text/decimals.ts';
import { numbersIn } from '../../text/numerals.ts';
import { wholeDatesIn } from '../../text/whole-dates.ts';
import { fillAnswers } from './answers.ts';
import { type Room, requireItems } from './room.ts';

type StepNamed<Name extends PlainStep['do']> = Extract<PlainStep, { readonly do: Name }>;

/** A number of a text, with how it is written there. */
interface Written {
  readonly start: number;
  readonly end: number;
  readonly value: Decimal;
  /** What stands between its groups of digits; empty for nothing. */
  readonly group: string;
  /** A comma stands before its decimals. */
  readonly hasComma: boolean;
}

/** What has more digits is refused: with each step of a chain it could have twice as many. */
const mostDigits = 1000;
const hundred: Decimal = { units: 100n, scale: 0 };

/** Numbers in digits, with separators and with words such as million and 万; those of dates and versions are none. */
function numbersOf(text: string): readonly Written[] {
  const dates = wholeDatesIn(text);
  let at = 0;
  const found = numbersIn(text).flatMap((number): Written[] => {
    while ((dates[at]?.end ?? Number.POSITIVE_INFINITY) <= number.start) at += 1;
    const date = dates[at];
    if (date !== undefined && number.end > date.start && number.start < date.end) return [];
    return writtenAt(text, number.start, number.end, number.value);
  });
  requireItems(found.length);
  return found;
}

function writtenAt(text: string, start: number, end: number, value: string): Written[] {
  const said = text.slice(start, end);
  const digits = /^(?:\d[\d.,\s\u00a0\u202f'’]*\d|\d|\.\d+)/.exec(said)?.[0];
  if (digits === undefined) return [];
  const isNegative = /(?<![\p{L}\d)\]])[-−]$/u.test(text.slice(Math.max(0, start - 2), start));
  const from = isNegative ? start - 1 : start;
  const plain = digits.length === said.trimEnd().length ? readWritten(digits) : null;
  // A word such as million counts, too; the value that was found has it.
  const scaled = plain ?? (digits.length < said.length ? readScaled(value) : null);
  if (scaled === null) return [];
  const number = isNegative ? { ...scaled, value: negate(scaled.value) } : scaled;
  return [{ ...number, start: from, end: start + said.trimEnd().length }];
}

function readScaled(value: string): Pick<Written, 'value' | 'group' | 'hasComma'> | null {
  const read = readDecimal(value);
  return read === null ? null : { value: read, group: '', hasComma: false };
}

/** Null for what has several points and is no grouped number, such as a version. */
function readWritten(digits: string): Pick<Written, 'value' | 'group' | 'hasComma'> | null {
  const hasComma = /^(?:\d+|\d{1,3}(?:\.\d{3})+),\d+$/.test(digits) && !/^\d{1,3},\d{3}$/.test(digits);
  const group = hasComma ? (digits.includes('.') ? '.' : '') : (/[,\s\u00a0\u202f'’]/.exec(digits)?.[0] ?? '');
  const bare = group === '' ? digits : digits.replaceAll(group, '');
  const value = readDecimal(hasComma ? bare.replace(',', '.') : bare);
  return value === null ? null : { value, group, hasComma };
}

function write(number: Decimal, { group, hasComma }: Pick<Written, 'group' | 'hasComma'>): string {
  requireShort(number);
  if (!hasComma) return writeDecimal(number, group);
  const [whole = '', fraction] = writeDecimal(number, group === '' ? '' : ' ').split('.');
  const grouped = whole.replaceAll(' ', group);
  return fraction === undefined ? grouped : `${grouped},${fraction}`;
}

function requireShort({ units, scale }: Decimal): void {
  // Its hexadecimal digits are told in time that grows with their number alone.
  if (scale > mostDigits || units.toString(16).length > mostDigits)
    throw new AppError('step/too-large', 'too many digits');
}

/** One number of all that a text has. Throws `step/no-number` where it has none. */
export function totalOf(text: string, { what, decimals }: StepNamed<'total'>): string {
  const numbers = numbersOf(text);
  const [first] = numbers;
  const fewest = what === 'difference' || what === 'share' ? 2 : 1;
  if (first === undefined || numbers.length < fewest)
    throw new AppError('step/no-number', 'too few numbers', { values: { least: fewest } });
  const value = totals[what](numbers.map((number) => number.value));
  if (value === null) throw new AppError('step/by-nothing', 'divided by nothing');
  const style = { group: numbers.find(({ group }) => group !== '')?.group ?? '', hasComma: first.hasComma };
  const said = write(decimals === undefined ? value : round(value, Number(decimals)), style);
  return what === 'share' ? `${said}%` : said;
}

type Numbers = readonly Decimal[];

const totals: Readonly<Record<StepNamed<'total'>['what'], (numbers: Numbers) => Decimal | null>> = {
  sum,
  average: (numbers) => divide(sum(numbers), { units: BigInt(numbers.length), scale: 0 }),
  median: (numbers) => {
    const sorted = numbers.toSorted(compare);
    const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
    if (low === undefined || high === undefined) return null;
    return low === high ? low : divide(add(low, high), { units: 2n, scale: 0 });
  },
  least: (numbers) => numbers.reduce((one, other) => (compare(other, one) < 0 ? other : one)),
  greatest: (numbers) => numbers.reduce((one, other) => (compare(other, one) > 0 ? other : one)),
  difference: ([first, second]) => (first === undefined || second === undefined ? null : add(first, negate(second))),
  product: (numbers) =>
    numbers.reduce((made, number) => {
      requireShort(made);
      return multiply(made, number);
    }),
  share: ([part, whole]) => (part === undefined || whole === undefined ? null : divide(multiply(part, hundred), whole)),
};

function sum(numbers: Numbers): Decimal {
  return numbers.reduce(add, { units: 0n, scale: 0 });
}

/** Every number of a text as another one. Throws `step/by-nothing`, `step/no-number`, and `step/too-large` where there is no room. */
export function calculate(text: string, step: StepNamed<'calculate'>, answers: FormAnswers, room: Room): string {
  const { how, by = how === 'round' ? '0' : '1', decimals } = step;
  const other = readDecimal(fillAnswers(by, answers));
  if (other === null) throw new AppError('step/no-number', 'it is no number', { values: { least: 1 } });
  let made = '';
  let at = 0;
  for (const number of numbersOf(text)) {
    const value = ways[how](number.value, other);
    if (value === null) throw new AppError('step/by-nothing', 'divided by nothing');
    const digits = decimals ?? (how === 'round' ? '0' : undefined);
    const short = digits === undefined ? trim(value, number.value.scale) : round(value, Number(digits));
    const said = write(short, number);
    room.take(number.start - at + said.length);
    made += text.slice(at, number.start) + said;
    at = number.end;
  }
  return made + text.slice(at);
}

type Way = (number: Decimal, by: Decimal) => Decimal | null;

const share: Way = (number, by) => {
  const product = multiply(number, by);
  return { units: product.units, scale: product.scale + 2 };
};
const more = (number: Decimal, by: Decimal) => {
  const part = share(number, by);
  return part === null ? null : add(number, part);
};

const ways: Readonly<Record<StepNamed<'calculate'>['how'], Way>> = {
  add,
  subtract: (number, by) => add(number, negate(by)),
  multiply,
  divide: (number, by) => divide(number, by),
  percent: share,
  'add-percent': more,
  'take-percent': (number, by) => more(number, negate(by)),
  round: (number) => number,
};
