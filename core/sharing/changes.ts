import type { StepChange, ToldStep } from '../../contract/sharing.ts';
import { canonicalJson } from './canonical.ts';

/** What became of each step, in the order of the new ones: the same, added, removed, or changed where one stood for another. */
export function changesOf(was: readonly ToldStep[], now: readonly ToldStep[]): readonly StepChange[] {
  const changes: StepChange[] = [];
  let [left, right] = [0, 0];
  for (const [one, other] of [...commonOf(was.map(canonicalJson), now.map(canonicalJson)), [was.length, now.length]]) {
    const removed = was.slice(left, one);
    const added = now.slice(right, other);
    const pairs = Math.min(removed.length, added.length);
    for (const [at, step] of added.entries()) {
      const before = at < pairs ? (removed[at] ?? null) : null;
      changes.push({ change: before === null ? 'added' : 'changed', step, was: before });
    }
    for (const step of removed.slice(pairs)) changes.push({ change: 'removed', step, was: null });
    const same = now[other ?? 0];
    if (same !== undefined) changes.push({ change: 'same', step: same, was: null });
    [left, right] = [(one ?? 0) + 1, (other ?? 0) + 1];
  }
  return changes;
}

/** Pairs of places of the longest common sequence. */
function commonOf(was: readonly string[], now: readonly string[]): readonly (readonly number[])[] {
  const lengths = Array.from({ length: was.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  const at = (one: number, other: number) => lengths[one]?.[other] ?? 0;
  for (let one = was.length - 1; one >= 0; one -= 1)
    for (let other = now.length - 1; other >= 0; other -= 1) {
      const length =
        was[one] === now[other] ? at(one + 1, other + 1) + 1 : Math.max(at(one + 1, other), at(one, other + 1));
      (lengths[one] as number[])[other] = length;
    }
  const pairs: number[][] = [];
  for (let one = 0, other = 0; one < was.length && other < now.length; ) {
    if (was[one] === now[other]) {
      pairs.push([one, other]);
      one += 1;
      other += 1;
    } else if (at(one + 1, other) >= at(one, other + 1)) one += 1;
    else other += 1;
  }
  return pairs;
}
