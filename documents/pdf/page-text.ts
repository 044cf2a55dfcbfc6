import { laidOut } from './layout.ts';
import { mended } from './mended-words.ts';
import { paragraphGap } from './paragraph-gap.ts';
import { plainIdeographs } from './radicals.ts';
import { segmentsOf } from './segments.ts';
import { unwoven } from './woven-runs.ts';

/** A piece of text on a page, as the library finds it. */
export interface TextPiece {
  readonly str: string;
  readonly hasEOL: boolean;
  /** The last two numbers are its place on the page. */
  readonly transform: readonly number[];
  readonly height: number;
  readonly width: number;
  /** `ltr`, `rtl` or `ttb`. */
  readonly dir: string;
}

/**
 * The pieces of a page as its text: lines kept, a blank line where the page leaves room between paragraphs, columns one after
 * another, and the cells of a table with a bar between them.
 */
export function pageText(pieces: readonly TextPiece[]): string {
  const once = unwoven(withoutDoubles(pieces));
  const segments = segmentsOf(once);
  const text = (segments === null ? null : laidOut(segments)) ?? asDrawn(once);
  return mended(plainIdeographs(text.replaceAll(/[ \t]+\n/g, '\n').replaceAll(/\n{3,}/g, '\n\n')).trim());
}

/** A text that is drawn again beside itself looks bold, and is there once. */
function withoutDoubles(pieces: readonly TextPiece[]): readonly TextPiece[] {
  const seen = new Map<string, TextPiece[]>();
  return pieces.map((piece) => {
    if (piece.str.trim() === '') return piece;
    const same = seen.get(piece.str) ?? [];
    const near = piece.height * nearEnough;
    const isDouble = same.some(
      ({ transform }) =>
        Math.abs((transform[4] ?? 0) - (piece.transform[4] ?? 0)) < near &&
        Math.abs((transform[5] ?? 0) - (piece.transform[5] ?? 0)) < near,
    );
    if (!isDouble) seen.set(piece.str, [...same, piece]);
    // The line may end here all the same.
    return isDouble ? { ...piece, str: '' } : piece;
  });
}

/** In heights of a letter. */
const nearEnough = 0.2;

function asDrawn(pieces: readonly TextPiece[]): string {
  let text = '';
  let lastY: number | null = null;
  for (const { str, hasEOL, transform, height } of pieces) {
    const y = transform[5] ?? 0;
    if (str.trim() !== '') {
      if (lastY !== null && text.endsWith('\n') && Math.abs(lastY - y) > height * paragraphGap && height > 0)
        text += '\n';
      lastY = y;
    }
    text += str;
    if (hasEOL) text += '\n';
  }
  return text;
}
