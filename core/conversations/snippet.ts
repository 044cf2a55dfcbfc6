import type { SearchHit } from '../../contract/conversation.ts';
import { fold, foldWithPlaces, partsToFold } from '../../text/fold.ts';

const snippetBefore = 24;
const snippetLength = 90;
/** White space may make the text around a word longer than what is shown of it. */
const windowBefore = 60;
const windowAfter = 300;
const searchedPart = 256;

/** The text around the first word found, with the place of every word in it. Words are folded; the text is as it was stored. */
export function snippetOf(text: string, terms: readonly string[]): Pick<SearchHit, 'snippet' | 'ranges'> {
  const near = Math.max(0, placeOf(text, terms) - windowBefore);
  const from = near === 0 ? 0 : near + (isInPair(text, near) ? 1 : 0);
  const flat = text.slice(from, from + windowBefore + windowAfter).replaceAll(/\s+/g, ' ');
  const first = Math.min(...rangesIn(flat, terms).map(([start]) => start));
  const wanted = Number.isFinite(first) ? Math.max(0, first - snippetBefore) : 0;
  const start = wanted + (isInPair(flat, wanted) ? 1 : 0);
  const shown = flat
    .slice(start, start + snippetLength + (isInPair(flat, start + snippetLength) ? 1 : 0))
    .toWellFormed();
  const snippet = (from + start > 0 ? '…' : '') + shown;
  return { snippet, ranges: rangesIn(snippet, terms).sort((one, other) => one[0] - other[0]) };
}

/** Where the first of the words stands in a text of any length; 0 when none does. */
function placeOf(text: string, terms: readonly string[]): number {
  let left = firstPlace(fold(text), terms);
  if (!Number.isFinite(left)) return 0;
  let from = 0;
  for (const part of partsToFold(text, searchedPart)) {
    const length = fold(part).length;
    if (left < length) return from + (foldWithPlaces(part).starts[left] ?? 0);
    left -= length;
    from += part.length;
  }
  return 0;
}

function firstPlace(folded: string, terms: readonly string[]): number {
  return Math.min(...terms.map((term) => folded.indexOf(term)).filter((at) => at >= 0));
}

/** The first place of each word, in the original's own characters. */
function rangesIn(text: string, terms: readonly string[]): [number, number][] {
  const { folded, starts, ends } = foldWithPlaces(text);
  return terms.flatMap((term) => {
    const at = folded.indexOf(term);
    return at < 0 ? [] : [[starts[at] ?? 0, ends[at + term.length - 1] ?? text.length] as [number, number]];
  });
}

function isInPair(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff;
}
