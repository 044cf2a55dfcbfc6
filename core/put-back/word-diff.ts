import { diffArrays } from 'diff';
import type { DiffPiece } from '../../contract/changes.ts';
import { wordSegments } from '../../text/segments.ts';

/** What changed from one text to the other, word by word. */
export function diffWords(before: string, after: string, language: string | undefined): readonly DiffPiece[] {
  const pieces: DiffPiece[] = [];
  let changes = 0;
  for (const { value, added, removed } of diffArrays(
    [...wordSegments(before.trim(), language)],
    [...wordSegments(after.trim(), language)],
  )) {
    const text = value.join('');
    if (!added && !removed) pieces.push({ kind: 'same', text, change: null });
    else {
      if ((pieces.at(-1)?.kind ?? 'same') === 'same') changes += 1;
      pieces.push({ kind: added ? 'added' : 'removed', text, change: changes - 1 });
    }
  }
  return pieces;
}

/** The changed text with some of its changes not made. */
export function withoutChanges(pieces: readonly DiffPiece[], leftOut: ReadonlySet<number>): string {
  const stays = ({ kind, change }: DiffPiece) => change === null || (kind === 'removed') === leftOut.has(change);
  return pieces
    .filter(stays)
    .map(({ text }) => text)
    .join('');
}
