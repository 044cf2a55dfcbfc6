import type { Example } from '../../contract/atom.ts';
import { languageOfText } from '../../text/language.ts';
import { numbersIn } from '../../text/numerals.ts';

/** What does not hold of a result; `missing` and `extra` name words or numbers. */
export type Wrong =
  | { readonly check: 'is' | 'language' | 'length' }
  | { readonly check: 'missing' | 'extra'; readonly what: string };

/** What of an example does not hold of a result; empty where all does. */
export function checkExample(example: Example, result: string): readonly Wrong[] {
  const { is, has = [], not = [], language, atMost } = example;
  const wrong: Wrong[] = [];
  const lower = result.toLowerCase();
  if (is !== undefined && result.trim() !== is) wrong.push({ check: 'is' });
  for (const what of has) if (!lower.includes(what.toLowerCase())) wrong.push({ check: 'missing', what });
  for (const what of not) if (lower.includes(what.toLowerCase())) wrong.push({ check: 'extra', what });
  if (language !== undefined && languageOfText(result) !== language) wrong.push({ check: 'language' });
  if (atMost !== undefined && result.trim().length > example.input.length * atMost) wrong.push({ check: 'length' });
  return [...wrong, ...wrongNumbers(example, result)];
}

/** The number before an item of a list is no figure of the text. */
const listMark = /^[ \t]*(?:#{1,6}[ \t]+)?\d{1,3}[.)、](?=\s)/gm;

function* wrongNumbers({ input, numbers }: Example, result: string): Generator<Wrong> {
  if (numbers === undefined) return;
  const written = result.replaceAll(listMark, (mark) => ' '.repeat(mark.length));
  if (numbers !== 'none-new') for (const what of missingIn(written, input)) yield { check: 'missing', what };
  if (numbers !== 'kept')
    for (const what of missingIn(input, written)) if (/\d/.test(what)) yield { check: 'extra', what };
}

/** The numbers of `other` that a text has in none of the ways in which they can be read. */
function missingIn(text: string, other: string): readonly string[] {
  const there = new Set(numbersIn(text).flatMap(({ value, readings }) => [value, ...readings.flat()]));
  const missing = numbersIn(other).filter(({ value, readings }) => {
    return ![[value], ...readings].some((values) => values.every((one) => there.has(one)));
  });
  return [...new Set(missing.map(({ start, end }) => other.slice(start, end).trim()))];
}
