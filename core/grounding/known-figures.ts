import { numbersIn } from '../../text/numerals.ts';

const saidValues: readonly (readonly [RegExp, readonly number[]])[] = [
  [/\b(?:an?|one|once|single)\b|一/i, [1]],
  [/\b(?:no|none|nil|zero)\b|没有|零/i, [0]],
  [/\bhal(?:f|ves)\b|一半|半数|过半/i, [0.5, 2, 30, 50]],
  [/\bthirds?\b/i, [3, 33]],
  [/\bquarters?\b|一刻/i, [4, 15, 25, 45]],
  [/\b(?:twice|doubl\w+|pairs?|couples?|both)\b|翻倍|翻番|一倍|双/i, [2, 100]],
  [/\b(?:thrice|tripl\w+|three-?fold)\b/i, [3]],
  [/\bnoon\b|中午|正午/i, [12]],
  [/\bmidnight\b|午夜|零点/i, [0, 12, 24]],
  [/\bfortnight\b/i, [2, 14]],
  [/\bcentury\b|世纪/i, [100]],
];
const ordinals = 'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(' ');
const teens = 'thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth'.split(' ');
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const ordinalWords = new Map<string, number>([
  ...[...ordinals, ...teens].map((word, value): [string, number] => [word, value]),
  ...tens.map((word, index): [string, number] => [word.replace(/y$/, 'ieth'), 20 + 10 * index]),
]);
const ordinal = new RegExp(`\\b(?:(${tens.join('|')})[- ])?(${[...ordinalWords.keys()].join('|')})s?\\b`, 'gi');
const decade = new RegExp(`\\b(${tens.map((word) => word.replace(/y$/, 'ies')).join('|')})\\b`, 'gi');
const afternoon =
  /(\d{1,2})(?:[:.]\d{2})?\s?p\.?m\b|(?:下午|晚上|傍晚)\s?(\d{1,2}|[一二两三四五六七八九十]{1,2})[点时]/gi;
const clock = /\b(1[3-9]|2[0-3])(?=[:点时]|\.\d\d\b)/g;
const roman = /\b[IVXLC]{1,7}\b/g;

/**
 * Values that a text says in a form of which an answer makes a number: third, half past, 3 pm, the nineties, Chapter IV.
 * More than it has to be, since a number of an answer is only named when no form of it stands in the text.
 */
export function figuresSaidIn(text: string): readonly string[] {
  const values: number[] = saidValues.flatMap(([form, said]) => (form.test(text) ? said : []));
  for (const [, ten = '', one = ''] of text.matchAll(ordinal)) {
    const first = ten === '' ? 0 : 20 + 10 * tens.indexOf(ten.toLowerCase());
    values.push(first + (ordinalWords.get(one.toLowerCase()) ?? 0));
  }
  for (const [, name = ''] of text.matchAll(decade)) {
    const value = 20 + 10 * tens.indexOf(name.toLowerCase().replace(/ies$/, 'y'));
    values.push(value, 1900 + value);
  }
  for (const [, year = ''] of text.matchAll(/\b\d{2}(\d0)['’]?s\b/g)) values.push(Number(year));
  for (const [, year = ''] of text.matchAll(/(?<!\d)(?:19|20)(\d{2})(?!\d)/g)) values.push(Number(year));
  for (const [, latin, chinese] of text.matchAll(afternoon)) {
    const hour = Number(numbersIn(latin ?? chinese ?? '')[0]?.value);
    if (hour <= 12) values.push((hour % 12) + 12);
  }
  for (const [, hour = ''] of text.matchAll(clock)) values.push(Number(hour) - 12);
  for (const [numeral] of text.matchAll(roman)) values.push(romanValue(numeral));
  return values.map(String);
}

const romanDigits: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100 };

/** The value of a Roman numeral below 400; of letters that are none whatever they add up to. */
export function romanValue(numeral: string): number {
  let sum = 0;
  for (const [at, letter] of [...numeral].entries()) {
    const value = romanDigits[letter] ?? 0;
    sum += value < (romanDigits[numeral[at + 1] ?? ''] ?? 0) ? -value : value;
  }
  return sum;
}
