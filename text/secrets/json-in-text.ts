import type { Place } from './anchored.ts';
import { foldWidth } from './fold-width.ts';
import { findPasswords, passwordHits } from './passwords.ts';
import { findRandomKeys } from './random-keys.ts';

/** JSON that was put into a text of JSON: its quotes have backslashes, which are of the outer text and of no secret. */
export function* findInText(text: string): Generator<Place> {
  if (!/\\"\s*:/.test(text)) return;
  // Where each letter of the text without them stands.
  const places: number[] = [];
  let opened = '';
  for (let at = 0; at < text.length; at += 1) {
    const isBefore = text[at] === '\\' && /["'\\]/.test(text[at + 1] ?? '');
    if (isBefore) continue;
    places.push(at);
    opened += text[at];
  }
  const folded = foldWidth(opened);
  const found = [...findRandomKeys(folded), ...findPasswords(opened, folded, passwordHits(folded))];
  for (const { start, end } of found) yield { start: places[start] ?? 0, end: (places[end - 1] ?? 0) + 1 };
}
