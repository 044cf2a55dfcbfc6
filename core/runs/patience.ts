import { setTimeout } from 'node:timers/promises';
import type { GenerateInput, IndexedPart } from '../../contract/engine.ts';
import type { AppErrorShape } from '../../contract/errors.ts';

export type AskEach = (inputs: readonly GenerateInput[], signal: AbortSignal) => AsyncIterable<IndexedPart>;

/** With the pause that is usual, a minute in all: what servers allow is mostly counted by the minute. */
const mostTries = 6;
const longestPauseMs = 120_000;
const usualPauseMs = 3000;

/**
 * Asks a list as `askEach` does, and once more, after a growing pause, for what a server was too busy for before it wrote a
 * word of it: else all that was done for a long text would be lost with the run. An abort ends a pause at once.
 */
export async function* askPatiently(
  askEach: AskEach,
  inputs: readonly GenerateInput[],
  signal: AbortSignal,
): AsyncGenerator<IndexedPart> {
  const left = new Map(inputs.entries());
  /** What would lose words by another try. */
  const begun = new Set<number>();
  let tries = 0;
  while (left.size > 0) {
    const places = [...left.keys()];
    let busy: { readonly index: number; readonly error: AppErrorShape } | null = null;
    for await (const { index: place, part } of askEach([...left.values()], signal)) {
      const index = places[place] ?? place;
      const isBusy = part.type === 'failure' && part.error.code === 'server/busy';
      if (isBusy && begun.size === 0 && tries < mostTries) {
        busy = { index, error: part.error };
        break;
      }
      if (part.type === 'text-delta') begun.add(index);
      if (part.type === 'finish') {
        begun.delete(index);
        left.delete(index);
        tries = 0;
      }
      yield { index, part };
    }
    if (busy === null) return;
    tries += 1;
    const pauseMs = Math.min((busy.error.retry?.afterMs ?? usualPauseMs) * tries, longestPauseMs);
    await setTimeout(pauseMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) return yield { index: busy.index, part: { type: 'aborted' } };
  }
}
