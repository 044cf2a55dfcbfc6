import stringWidth from 'string-width';
import { type Line, type Look, type Piece, toPieces } from './pieces.ts';

/** One character as a person sees it, with the columns it takes: two for most of Chinese. */
export interface Cell {
  readonly text: string;
  readonly looks: readonly Look[];
  readonly width: number;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const simple = /^[\n\x20-\x7e]*$/;

export function toCells(line: Line): readonly Cell[] {
  return toPieces(line).flatMap(({ text, looks }) =>
    simple.test(text)
      ? [...text].map((character) => ({ text: character, looks, width: character === '\n' ? 0 : 1 }))
      : [...graphemes.segment(text)].map(({ segment }) => ({ text: segment, looks, width: columnsOf(segment) })),
  );
}

/** Neighbours that look alike become one piece. */
export function toLine(cells: readonly Cell[]): readonly Piece[] {
  const pieces: { text: string; readonly looks: readonly Look[] }[] = [];
  for (const { text, looks } of cells) {
    const last = pieces.at(-1);
    if (last !== undefined && String(last.looks) === String(looks)) last.text += text;
    else pieces.push({ text, looks });
  }
  return pieces;
}

/** Columns that a text takes on a terminal (East Asian Width, UAX 11). */
export function columnsOf(text: string): number {
  return simple.test(text) ? text.replaceAll('\n', '').length : stringWidth(text);
}

export function columnsOfCells(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0);
}
