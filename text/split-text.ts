import { sentenceSegments } from './segments.ts';

/**
 * Cuts a long text into parts of at most `limit` characters that follow one another without a gap: at paragraphs where it
 * can, else at sentences, else at words; never inside a character. Joined, the parts are the text again.
 */
export function splitText(text: string, limit: number): readonly string[] {
  const pieces = cutAt(text, paragraphs(text), limit, () => sentences(text));
  const parts: string[] = [];
  let part = '';
  for (const piece of pieces) {
    if (part !== '' && part.length + piece.length > limit) {
      parts.push(part);
      part = '';
    }
    part += piece;
  }
  if (part !== '') parts.push(part);
  return parts;
}

/** The pieces between the cuts; one that is longer than the limit is cut at finer places. */
function cutAt(
  text: string,
  cuts: readonly number[],
  limit: number,
  finer: () => readonly number[],
): readonly string[] {
  const pieces = between(text, cuts);
  if (pieces.every((piece) => piece.length <= limit)) return pieces;
  const sentenceCuts = new Set([...cuts, ...finer()]);
  return between(
    text,
    [...sentenceCuts].sort((one, other) => one - other),
  ).flatMap((piece) => hardCut(piece, limit));
}

function between(text: string, cuts: readonly number[]): readonly string[] {
  const ends = [...cuts.filter((cut) => cut > 0 && cut < text.length), text.length];
  let start = 0;
  const pieces: string[] = [];
  for (const end of ends) {
    if (end > start) pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
}

/** Places after blank lines and line ends. */
function paragraphs(text: string): readonly number[] {
  return [...text.matchAll(/\n+/g)].map((match) => match.index + match[0].length);
}

function sentences(text: string): readonly number[] {
  return sentenceSegments(text).map(({ index }) => index);
}

/** A sentence without an end, such as a table or a line of code: at spaces, else between characters. */
function hardCut(piece: string, limit: number): readonly string[] {
  const pieces: string[] = [];
  let rest = piece;
  while (rest.length > limit) {
    const space = rest.lastIndexOf(' ', limit - 1);
    let end = space > limit / 2 ? space + 1 : limit;
    // Not between the two halves of one character.
    if (/[\uDC00-\uDFFF]/.test(rest[end] ?? '')) end -= 1;
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  if (rest !== '') pieces.push(rest);
  return pieces;
}
