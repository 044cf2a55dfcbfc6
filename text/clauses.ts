/** Shortest part, in characters, that says something by itself. */
const shortestPart = { han: 4, latin: 14 } as const;

/** A sentence and the parts of it that say something by themselves: a summary often says one of them. */
export function clausesOf(sentence: string): readonly string[] {
  const shortest = /\p{Script=Han}/u.test(sentence) ? shortestPart.han : shortestPart.latin;
  const parts = sentence
    .split(/[,;:，；：、]|\b(?:but|although|while|because|and)\b|但是?|虽然|因为/)
    .map((part) => part.trim());
  return [...new Set([sentence, ...parts.filter((part) => part.length > shortest)])];
}
