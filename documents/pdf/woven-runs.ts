import type { TextPiece } from './page-text.ts';

/** A run that begins so far before the end of the one before it goes back, in heights of a letter. */
const back = 0.5;
/** Runs may overlap by as much, in heights of a letter. */
const overlap = 0.2;
/** Wider than this, a gap is a space. */
const leastSpace = 0.18;

interface Word {
  readonly piece: TextPiece;
  readonly str: string;
  readonly left: number;
  readonly right: number;
}

/**
 * Pieces in which each line goes on to the right: programs that find some letters in a second font draw the line font by font,
 * and leave gaps for the letters of the other. Lines where it cannot be told how they lie in one another stay as they are.
 */
export function unwoven(pieces: readonly TextPiece[]): readonly TextPiece[] {
  const result: TextPiece[] = [];
  for (let from = 0; from < pieces.length; ) {
    const to = endOfLine(pieces, from);
    const line = pieces.slice(from, to);
    result.push(...(goesBack(line) ? inOrder(line) : line));
    from = to;
  }
  return result;
}

function endOfLine(pieces: readonly TextPiece[], from: number): number {
  const baseline = baselineOf(pieces[from]);
  let at = from;
  while (at < pieces.length && pieces[at]?.hasEOL !== true && baselineOf(pieces[at + 1]) === baseline) at += 1;
  return at + 1;
}

function baselineOf(piece: TextPiece | undefined): number {
  return piece?.transform[5] ?? Number.NaN;
}

function leftOf({ transform }: TextPiece): number {
  return transform[4] ?? 0;
}

function goesBack(line: readonly TextPiece[]): boolean {
  return line.some((piece, at) => {
    const before = line[at - 1];
    if (before === undefined || piece.dir !== 'ltr' || piece.str === '') return false;
    return leftOf(piece) < leftOf(before) + before.width - piece.height * back;
  });
}

function inOrder(line: readonly TextPiece[]): readonly TextPiece[] {
  const words = line.flatMap(wordsOf).sort((one, other) => one.left - other.left);
  const isApart = words.every(({ piece, left }, at) => left >= (words[at - 1]?.right ?? left) - piece.height * overlap);
  if (!isApart) return line;
  const endsLine = line.at(-1)?.hasEOL === true;
  return words.map(({ piece, str, left, right }, at) => {
    const next = words[at + 1];
    const isSpace = next !== undefined && next.left - right > piece.height * leastSpace;
    const transform = piece.transform.map((number, index) => (index === 4 ? left : number));
    const hasEOL = endsLine && next === undefined;
    return { ...piece, str: isSpace ? `${str} ` : str, width: right - left, transform, hasEOL };
  });
}

/** The library writes a gap as a space, whose width it does not tell; that of ideographs before and behind it is known. */
function wordsOf(piece: TextPiece): readonly Word[] {
  const [left, right] = [leftOf(piece), leftOf(piece) + piece.width];
  const parts = piece.str.split(' ').filter((part) => part !== '');
  if (parts.length === 0) return [];
  const wide = parts.every((part) => /^[\u2e80-\uffef]+$/.test(part));
  const [first = '', last = ''] = parts;
  if (parts.length !== 2 || !wide) return [{ piece, str: piece.str.trim(), left, right }];
  return [
    { piece, str: first, left, right: left + first.length * piece.height },
    { piece, str: last, left: right - last.length * piece.height, right },
  ];
}
