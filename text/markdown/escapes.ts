import { parse, postprocess, preprocess } from 'micromark';
import { dialectFor } from './dialect.ts';
import { findFormulas } from './formulas.ts';

const escaped = /\\[!-/:-@[-`{-~]/g;
/** Tokens whose characters are marks of formatting. */
const syntax = /(?:Sequence|Marker|Divider|listItemValue)$/;

/**
 * Places of the backslashes that keep a mark from formatting, and are seen nowhere. All others are text: of paths, regular
 * expressions, formulas, `\$5`. A backslash is looked at only in words that hold no other kind, and it is one of the
 * first kind where, without it, the sign behind it would be a mark.
 */
export function findNeededEscapes(text: string): ReadonlySet<number> {
  const candidates = findCandidates(text);
  if (candidates.length === 0) return new Set();
  const marks = syntaxOffsets(dropAll(text, candidates));
  return new Set(candidates.filter((at, index) => marks.has(at - index)));
}

function dropAll(text: string, places: readonly number[]): string {
  let kept = '';
  let from = 0;
  for (const at of places) {
    kept += text.slice(from, at);
    from = at + 1;
  }
  return kept + text.slice(from);
}

function findCandidates(text: string): readonly number[] {
  if (!text.includes('\\')) return [];
  const formulas = findFormulas(text);
  const found: number[] = [];
  for (const { index, 0: word } of text.matchAll(/\S+/g)) {
    if (!word.includes('\\') || isPathOrPattern(word)) continue;
    for (const { index: at } of word.matchAll(escaped)) {
      const place = index + at;
      if (!formulas.some(({ start, end }) => start <= place && place < end)) found.push(place);
    }
  }
  return found;
}

/** A drive, two backslashes, or one before a letter or digit. */
function isPathOrPattern(word: string): boolean {
  return /^["'(]?[A-Za-z]:\\|\\\\|\\[^!-/:-@[-`{-~]|\\$/.test(word);
}

/** Places of all characters that are marks of formatting. */
export function syntaxOffsets(text: string): ReadonlySet<number> {
  const found = new Set<number>();
  const parser = parse({ extensions: dialectFor(text) });
  const events = postprocess(parser.document().write(preprocess()(text, undefined, true)));
  for (const [kind, { type, start, end }] of events) {
    if (kind !== 'enter' || type === 'escapeMarker' || !syntax.test(type)) continue;
    for (let at = start.offset; at < end.offset; at += 1) found.add(at);
  }
  return found;
}
