import type { Steps } from './step-edits.ts';

/** A step as it is known while a chain is edited: its own key, wherever it moves. */
export interface KeyedStep {
  readonly key: string;
  readonly json: string;
}

/**
 * The keys of steps after an edit, be it of the form or of the text: a step that is still the same keeps its key wherever it
 * is, one that was changed in its place too. What is left over is new.
 */
export function followSteps(before: readonly KeyedStep[], steps: Steps, newKey: () => string): readonly KeyedStep[] {
  const left = new Set(before);
  const next = steps.map((step) => ({ json: JSON.stringify(step), key: null as string | null }));
  const take = (at: number, found: KeyedStep | undefined) => {
    const one = next[at];
    if (one === undefined || one.key !== null || found === undefined || !left.delete(found)) return;
    one.key = found.key;
  };
  // In its place first, so that two that are alike do not change places.
  for (const [at, { json }] of next.entries()) if (before[at]?.json === json) take(at, before[at]);
  for (const [at, { json, key }] of next.entries())
    if (key === null)
      take(
        at,
        [...left].find((one) => one.json === json),
      );
  if (before.length === next.length) for (const at of next.keys()) take(at, before[at]);
  return next.map(({ json, key }) => ({ json, key: key ?? newKey() }));
}
