import type { Place } from './anchored.ts';
import { foldWidth } from './fold-width.ts';
import { findNamed } from './named-secrets.ts';
import { findRandomKeys } from './random-keys.ts';
import { findSecretNames } from './secret-names.ts';

const escaped = /\\"\s*:/;

/** JSON that was put into a text of JSON: its quotes have backslashes, which are of the outer text and of no secret. */
export function* findInText(text: string): Generator<Place> {
  // A text within JSON stands in one line: its own ends of lines have backslashes, too.
  for (let at = text.indexOf('\\"'); at >= 0; ) {
    const from = text.lastIndexOf('\n', at) + 1;
    const next = text.indexOf('\n', at);
    const to = next < 0 ? text.length : next;
    const line = text.slice(from, to);
    if (escaped.test(line))
      for (const { start, end } of findInLine(line)) yield { start: from + start, end: from + end };
    at = text.indexOf('\\"', to);
  }
}

function* findInLine(text: string): Generator<Place> {
  const signs = [...text.matchAll(/\\(?=["'\\])/g)].map(({ index }) => index);
  const opened = text.replaceAll(/\\(?=["'\\])/g, '');
  const folded = foldWidth(opened);
  const found = [...findRandomKeys(folded), ...findNamed(opened, folded, findSecretNames(folded))];
  for (const { start, end } of found) yield { start: placeOf(start, signs), end: placeOf(end - 1, signs) + 1 };
}

/** Where a letter stood before the signs at these places were taken out. */
function placeOf(at: number, signs: readonly number[]): number {
  let [low, high] = [0, signs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((signs[middle] ?? 0) - middle <= at) low = middle + 1;
    else high = middle;
  }
  return at + low;
}
