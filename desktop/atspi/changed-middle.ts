/** What differs between two texts, between what they have in common at both ends. */
export interface ChangedMiddle {
  /** Characters in common at the start, and at the end; each is one character however an application counts. */
  readonly head: number;
  readonly tail: number;
  readonly before: string;
  readonly after: string;
}

/** Outside of it every way to count characters agrees: no surrogates. */
const countedAlike = /[\uD800-\uDFFF]/;
/** Belongs to the character before it. */
const joined = /\p{M}|\u200D|\uFE0F/u;

/** The part of a text that has to be written anew: what stays keeps the format that it has there. */
export function changedMiddle(before: string, after: string): ChangedMiddle {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head] && !countedAlike.test(before[head] ?? '')) head += 1;
  while (head > 0 && (joined.test(before[head] ?? '') || joined.test(after[head] ?? ''))) head -= 1;
  let tail = 0;
  const fromEnd = (text: string, index: number) => text[text.length - 1 - index] ?? '';
  while (
    tail < most - head &&
    fromEnd(before, tail) === fromEnd(after, tail) &&
    !countedAlike.test(fromEnd(before, tail))
  )
    tail += 1;
  while (tail > 0 && joined.test(fromEnd(before, tail - 1))) tail -= 1;
  return {
    head,
    tail,
    before: before.slice(head, before.length - tail),
    after: after.slice(head, after.length - tail),
  };
}
