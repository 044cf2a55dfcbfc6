import { GrammarFollower, type Standing } from './follow-grammar.ts';
import { readGrammar } from './read-grammar.ts';
import type { ShapeDocument } from './shape.ts';
import { writeGrammar } from './write-grammar.ts';

/** A letter that nobody wrote is as bad as so many that are left out. */
const costOfInvented = 8;

/**
 * Ends an answer that was cut: JSON of the document that begins as `written` does, with as little as can be added or left out. An item
 * that was begun is left out where its members would have to be made up; so is a number whose last figure nobody has seen. Null
 * where no text of the document's grammar begins like that.
 */
export function closeJson(written: string, shapes: ShapeDocument): string | null {
  const follower = new GrammarFollower(readGrammar(writeGrammar(shapes)));
  const letters = [...written.trimStart()];
  const standings: Standing[] = [follower.start()];
  for (const letter of letters) {
    const next = follower.after(standings.at(-1) ?? new Set(), letter);
    if (next.size === 0) return null;
    standings.push(next);
  }
  const partial = endOfWhole(letters);
  let best = { cost: Number.POSITIVE_INFINITY, at: 0 };
  for (let at = letters.length; at >= 0 && letters.length - at < best.cost; at -= 1) {
    const invented = follower.lengthToEnd(standings[at] ?? new Set());
    const cost = invented * costOfInvented + (letters.length - at);
    if (cost < best.cost && (invented === 0 || !partial(at))) best = { cost, at };
  }
  return letters.slice(0, best.at).join('') + follower.shortestEnd(standings[best.at] ?? new Set());
}

/** Tells of each place whether a number stops there in its middle, or may have done so. */
function endOfWhole(letters: readonly string[]): (at: number) => boolean {
  const inText: boolean[] = [false];
  for (let at = 0, escaped = false; at < letters.length; at += 1) {
    const before = inText[at] ?? false;
    const isQuote = letters[at] === '"' && !escaped;
    escaped = before && letters[at] === '\\' && !escaped;
    inText.push(isQuote ? !before : before);
  }
  const isOfNumber = (letter: string | undefined) => letter === undefined || /[-0-9.]/.test(letter);
  return (at) => at > 0 && !inText[at] && isOfNumber(letters[at - 1]) && isOfNumber(letters[at]);
}
