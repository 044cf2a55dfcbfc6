/**
 * Pieces of a text that follow one another without a gap, each of about so many UTF-16 units: they end with a line where one
 * ends soon enough, and never within a character.
 */
export function* slicesOf(
  text: string,
  characters: number,
  from = 0,
  to = text.length,
): Generator<readonly [start: number, end: number]> {
  for (let start = from; start < to; ) {
    const lineEnd = text.indexOf('\n', Math.min(start + characters, to));
    const isFar = lineEnd < 0 || lineEnd > start + 2 * characters;
    const end = Math.min(to, isFar ? wholeCharacters(text, start + characters) : lineEnd + 1);
    yield [start, end];
    start = end;
  }
}

/** A piece of a text with the lines it is on, counted from 1; a line that was cut within is named by both of its pieces. */
export interface LineSlice {
  readonly start: number;
  readonly end: number;
  readonly first: number;
  readonly last: number;
}

/** The pieces of a text with their lines; `from` stands at the beginning of the line `line`. */
export function* lineSlicesOf(
  text: string,
  characters: number,
  from = 0,
  to = text.length,
  line = 1,
): Generator<LineSlice> {
  let first = line;
  for (const [start, end] of slicesOf(text, characters, from, to)) {
    const next = first + countLineEnds(text, start, end);
    yield { start, end, first, last: text[end - 1] === '\n' ? next - 1 : next };
    first = next;
  }
}

/** Line ends in [from, to). */
export function countLineEnds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** A place for a cut, moved out from between the two halves of a character. */
function wholeCharacters(text: string, at: number): number {
  return /[\uDC00-\uDFFF]/.test(text[at] ?? '') ? at + 1 : at;
}
