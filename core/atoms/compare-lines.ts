import { diffArrays } from 'diff';
import type { LineChange } from '../../contract/atom-edit.ts';

/** Edits after which two texts are taken for wholly different ones: a comparison takes time with their square. */
const mostEdits = 2000;

/** The lines of two texts: those that both have, and those of one alone. */
export function compareLines(before: string, after: string): readonly LineChange[] {
  const [one, other] = [before.trimEnd().split(/\r?\n/), after.trimEnd().split(/\r?\n/)];
  const changes = diffArrays(one, other, { maxEditLength: mostEdits });
  if (changes === undefined)
    return [
      { kind: 'removed', lines: one },
      { kind: 'added', lines: other },
    ];
  return changes.map(({ removed, added, value }) => {
    return { kind: removed ? 'removed' : added ? 'added' : 'same', lines: value };
  });
}
