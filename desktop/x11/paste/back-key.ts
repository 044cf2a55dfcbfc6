/** Keys that move an end of the selection; in text from right to left it is the right one that goes back in the text. */
export const selectionKeys = ['Left', 'Right'] as const;
export type BackKey = (typeof selectionKeys)[number];
/** The key that takes back what the other did. */
export const opposite = { Left: 'Right', Right: 'Left' } as const satisfies Record<BackKey, BackKey>;
/** Three clicks in a browser select to the beginning of what comes next: moving back from there takes nothing off yet. */
export const mostMoves = 2;
/** A character as a person sees it can be several, such as a family of emoji, in UTF-16 units. */
export const longestCharacter = 16;

export function isOneCharacter(text: string): boolean {
  return text.length <= longestCharacter && [...new Intl.Segmenter().segment(text)].length === 1;
}

/** By a character at one of its ends, and the white space around that: a browser tells of line ends as it likes. */
export function isShorter(now: string, before: string): boolean {
  if (now.length >= before.length) return false;
  const gone = before.startsWith(now)
    ? before.slice(now.length)
    : before.endsWith(now)
      ? before.slice(0, -now.length)
      : null;
  return gone !== null && (gone.trim() === '' ? gone.length <= longestCharacter : isOneCharacter(gone.trim()));
}

/** Where an end that a key moves to `now` tells that the key goes forward, it is the other one that goes back. */
export function backKeyOf(key: BackKey, now: string, before: string): BackKey {
  const goesBack = isShorter(now, before) ? before.startsWith(now) : now.endsWith(before);
  const goesForward = isShorter(now, before) ? before.endsWith(now) : now.startsWith(before);
  // A text of one character again and again fits both ways.
  if (goesBack && goesForward) return 'Left';
  return goesBack ? key : opposite[key];
}
