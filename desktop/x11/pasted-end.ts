/** What was pasted, and what stood there before and stands there again once that was undone. */
export interface Pasted {
  readonly text: string;
  readonly before: string;
}

/** So many characters at least are looked at, more than are the same by chance, and so many at most. */
const fewest = 6;
const most = 400;
const mostUnits = 4000;
/** Line ends between blocks can count as characters of their own: fewer others than steps back are offered then. */
const fewestOffered = 3;

/**
 * How far back from the caret the text has to be selected to tell what was pasted from what stood there before: a corrected
 * text ends as it did. In characters as a person sees them; null where that is too far, or where both are the same.
 */
export function stepsBack({ text, before }: Pasted): number | null {
  const [written, old] = [squeeze(text), squeeze(before)];
  if (written === old) return null;
  const alike = commonEnd(written, old);
  let [steps, same, other] = [0, 0, 0];
  for (const { segment } of [...new Intl.Segmenter().segment(text.slice(-mostUnits))].reverse()) {
    if (other === fewest) break;
    steps += 1;
    if (same >= alike && segment.trim() !== '') other += 1;
    same += squeeze(segment).length;
  }
  // It stood there before with more in front of it: what is in front of it now has to be seen.
  if (alike === written.length) steps += fewest;
  return steps > most || (other < fewest && text.length > mostUnits) ? null : steps;
}

/**
 * Whether what is selected back from the caret is the end of what was pasted, or that with something before it. White space
 * inside of it does not count: a block of a page has more line ends than were pasted, a field of one line has none.
 */
export function isPastedEnd(offered: string, { text, before }: Pasted): boolean {
  const [now, written, old] = [squeeze(offered), squeeze(text), squeeze(before)];
  const needed = Math.min(written.length, Math.max(commonEnd(written, old) + 1, fewestOffered));
  if (now.length < needed || old.endsWith(now) || !endsAlike(offered, text)) return false;
  return written.endsWith(now) || now.endsWith(written);
}

/** Whether it is exactly what was pasted. */
export function isPastedWhole(offered: string, { text }: Pasted): boolean {
  return squeeze(offered) === squeeze(text) && endsAlike(offered, text);
}

/** Whether what is selected is all of what was pasted, with something before it or not. */
export function endsWithPasted(offered: string, { text, before }: Pasted): boolean {
  const [now, written] = [squeeze(offered), squeeze(text)];
  return now.endsWith(written) && !squeeze(before).endsWith(now);
}

/** A space or a line's end that was typed behind it counts; how a line's end that was pasted is offered does not. */
function endsAlike(offered: string, text: string): boolean {
  const end = spaceAtEnd(text);
  return end.includes('\n') || spaceAtEnd(offered).replaceAll('\u00A0', ' ') === end.replaceAll('\u00A0', ' ');
}

function spaceAtEnd(text: string): string {
  return text.slice(text.trimEnd().length);
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, '');
}

function commonEnd(one: string, other: string): number {
  let length = 0;
  while (length < Math.min(one.length, other.length) && one.at(-1 - length) === other.at(-1 - length)) length += 1;
  return length;
}
