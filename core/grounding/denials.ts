import { isNegated, termsOf } from './terms.ts';

/** Whether one of the two says of the same thing what the other denies: compared part by part of a sentence. */
export function denies(clause: string, source: string): boolean {
  const terms = termsOf(clause);
  const counted = clausesOf(source).map((other) => ({
    other,
    count: [...termsOf(other)].filter((term) => terms.has(term)).length,
  }));
  const [closest] = counted.sort((one, other) => other.count - one.count);
  // What the text denies, all of it said without the denial.
  const saysAll = counted.some(
    ({ other, count }) => count > 1 && isNegated(other) && count >= termsOf(other).size * 0.75,
  );
  if (saysAll && !isNegated(clause)) return true;
  // With little in common it is not the same thing.
  if (closest === undefined || closest.count * 2 < terms.size || closest.count === 0) return false;
  return isNegated(clause) !== isNegated(closest.other);
}

export function clausesOf(sentence: string): readonly string[] {
  return sentence
    .split(/[,;:，；：、]|\b(?:but|although|while|because|and)\b|但是?|虽然|因为/)
    .filter((clause) => clause.trim() !== '');
}

/** Shortest part, in characters, that says something by itself. */
const shortestPart = { han: 4, latin: 14 } as const;

/** A sentence and the parts of it that say something by themselves: a summary often says one of them. */
export function piecesOf(sentence: string): readonly string[] {
  const shortest = /\p{Script=Han}/u.test(sentence) ? shortestPart.han : shortestPart.latin;
  const parts = clausesOf(sentence).map((clause) => clause.trim());
  return [...new Set([sentence, ...parts.filter((part) => part.length > shortest)])];
}
