/** What was pasted, and what stood there before and stands there again once that was undone. */
export interface Pasted {
  readonly text: string;
  readonly before: string;
}

/** Fewest characters that are looked at, more than are the same by chance. */
const fewest = 6;
/** Further back than this it goes by lines, of which Firefox tells nothing (seen), and by characters after that. */
const mostBySteps = 40;
/** Further back than this nothing is looked at. */
const mostSteps = 400;
const mostLines = 300;
const mostUnits = 40_000;
/** Characters in a line of a narrow field. */
const lineLength = 20;
/** Line ends between blocks can count as characters of their own: fewer others than steps back are offered then. */
const fewestOffered = 3;

/** A key to be pressed with Shift, and how often. `isExact`: each press selects one character. */
export interface WayBack {
  readonly key: 'Left' | 'Up';
  readonly presses: number;
  readonly isExact: boolean;
}

/**
 * Keys that select so much of the text before the caret that it tells what was pasted from what stood there before: a
 * corrected text ends as it did. The next way where one does not show it; none where that is too far back.
 */
export function waysBack(pasted: Pasted): readonly WayBack[] {
  const back = charactersBack(pasted);
  if (back === null) return [];
  const steps: WayBack = { key: 'Left', presses: back.length, isExact: true };
  if (back.length <= mostBySteps) return [steps];
  const lines = [...back].reverse().join('').split('\n');
  const needed = lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / lineLength)), 0);
  const up: WayBack = { key: 'Up', presses: needed, isExact: false };
  // A field of one line has no line above, and hundreds of keys take some seconds.
  return [...(needed <= mostLines ? [up] : []), ...(back.length <= mostSteps ? [steps] : [])];
}

/** As a person sees them, the last one first; empty ones for what stands before the text. Null where that is too far back. */
function charactersBack(pasted: Pasted): readonly string[] | null {
  const { text } = pasted;
  const written = squeeze(text);
  const alike = commonEndOf(pasted);
  const characters: string[] = [];
  let [same, other] = [0, 0];
  for (const { segment } of [...new Intl.Segmenter().segment(text.slice(-mostUnits))].reverse()) {
    if (other === fewest) break;
    characters.push(segment);
    if (same >= alike && segment.trim() !== '') other += 1;
    same += squeeze(segment).length;
  }
  if (other < fewest && text.length > mostUnits) return null;
  // It stood there before with more in front of it: what is in front of it now has to be seen.
  return alike === written.length ? [...characters, ...Array.from({ length: fewest }, () => '')] : characters;
}

/**
 * Whether what is selected back from the caret is the end of what was pasted, or that with something before it. White space
 * inside of it does not count: a block of a page has more line ends than were pasted, a field of one line has none.
 */
export function isPastedEnd(offered: string, { text, before }: Pasted): boolean {
  const [now, written, old] = [squeeze(offered), squeeze(text), squeeze(before)];
  const needed = Math.min(written.length, Math.max(commonEndOf({ text, before }) + 1, fewestOffered));
  const isOld = old !== written && old.endsWith(now);
  if (now.length < needed || isOld || !endsAlike(offered, text)) return false;
  return written.endsWith(now) || now.endsWith(written);
}

/** Whether so many characters that are selected forward from the caret are the beginning of a text: all, since a line may begin alike. */
export function isBeginning(offered: string, text: string, characters: number): boolean {
  const first = [...new Intl.Segmenter().segment(text)].slice(0, characters).map(({ segment }) => segment);
  return squeeze(offered) === squeeze(first.join(''));
}

/** Whether it is exactly what was pasted. */
export function isPastedWhole(offered: string, { text }: Pasted): boolean {
  return squeeze(offered) === squeeze(text) && endsAlike(offered, text);
}

/** Whether what is selected is all of what was pasted, with something before it or not. */
export function endsWithPasted(offered: string, { text, before }: Pasted): boolean {
  const [now, written, old] = [squeeze(offered), squeeze(text), squeeze(before)];
  return now.endsWith(written) && (old === written || !old.endsWith(now));
}

/** A space or a line's end that was typed behind it counts; how often a line's end that was pasted is offered does not. */
function endsAlike(offered: string, text: string): boolean {
  const [now, end] = [spaceAtEnd(offered), spaceAtEnd(text)];
  return now === end || (end.endsWith('\n') && now === '');
}

/** A field of one line has no line's end, a block of a page has several. */
function spaceAtEnd(text: string): string {
  return text.slice(text.trimEnd().length).replaceAll('\u00A0', ' ').replace(/\n+/g, '\n');
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, '');
}

/** How many characters at the end are the same in both; none where nothing but white space differs, which cannot be seen. */
function commonEndOf({ text, before }: Pasted): number {
  const [one, other] = [squeeze(text), squeeze(before)];
  if (one === other) return 0;
  let length = 0;
  while (length < Math.min(one.length, other.length) && one.at(-1 - length) === other.at(-1 - length)) length += 1;
  return length;
}
