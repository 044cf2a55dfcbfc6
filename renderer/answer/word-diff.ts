import { diffArrays } from 'diff';

export interface DiffPiece {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Words, Chinese ones too, with the spaces and marks between them as pieces of their own. */
function wordsOf(text: string, language: string | undefined): string[] {
  return [...new Intl.Segmenter(language, { granularity: 'word' }).segment(text)].map(({ segment }) => segment);
}

/** What changed from one text to the other, word by word. */
export function diffWords(before: string, after: string, language: string | undefined): readonly DiffPiece[] {
  return diffArrays(wordsOf(before.trim(), language), wordsOf(after.trim(), language)).map(
    ({ value, added, removed }) => ({
      kind: added ? 'added' : removed ? 'removed' : 'same',
      text: value.join(''),
    }),
  );
}

/** Neighbouring removals and additions are one change. */
export function countChanges(pieces: readonly DiffPiece[]): number {
  return pieces.filter(({ kind }, index) => kind !== 'same' && (pieces[index - 1]?.kind ?? 'same') === 'same').length;
}
