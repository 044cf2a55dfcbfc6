export interface Piece {
  readonly start: number;
  readonly end: number;
}

const marks = /[*_`\\]/g;

/**
 * Where pieces of a Markdown text stand in what is shown of it, both in UTF-16 units: the same occurrence of the same
 * characters, since what is shown has no marks of Markdown. Null for one that is not shown.
 */
export function findPieces(shown: string, text: string, pieces: readonly Piece[]): readonly (Piece | null)[] {
  return pieces.map(({ start, end }) => {
    const words = text.slice(start, end).replaceAll(marks, '');
    if (words === '') return null;
    const before = occurrences(text.slice(0, start).replaceAll(marks, ''), words).length;
    const places = occurrences(shown, words);
    const at = places[before] ?? places.at(-1);
    return at === undefined ? null : { start: at, end: at + words.length };
  });
}

function occurrences(text: string, words: string): readonly number[] {
  const places: number[] = [];
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) places.push(at);
  return places;
}
