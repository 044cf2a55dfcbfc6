import { plainIdeographs } from './radicals.ts';

/** A piece of text on a page, as the library finds it. */
export interface TextPiece {
  readonly str: string;
  readonly hasEOL: boolean;
  /** The last two numbers are its place on the page. */
  readonly transform: readonly number[];
  readonly height: number;
}

/** Lines that are further apart than this, in line heights, are different paragraphs. */
const paragraphGap = 1.7;

/** The pieces of a page as its text: lines kept, a blank line where the page leaves room between paragraphs. */
export function pageText(pieces: readonly TextPiece[]): string {
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
  return plainIdeographs(text.replaceAll(/[ \t]+\n/g, '\n').replaceAll(/\n{3,}/g, '\n\n')).trim();
}
