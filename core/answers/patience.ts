import { setTimeout } from 'node:timers/promises';
import type { GenerateInput, IndexedPart, ModelPart } from '../../contract/engine.ts';
import type { AppErrorShape } from '../../contract/errors.ts';
import { oneAfterAnother } from '../../models/language-model.ts';
import type { AskedModel } from './asked-model.ts';

export type AskEach = (inputs: readonly GenerateInput[], signal: AbortSignal) => AsyncIterable<IndexedPart>;

/** With the pause that is usual, a minute in all: what servers allow is mostly counted by the minute. */
const mostTries = 6;
const usualPauseMs = 3000;
/** Bounds the waiting in all, in milliseconds; a server that asks for more, such as for a new day, is reported instead. */
const longestWaitMs = 90_000;

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
  let [tries, waitedMs] = [0, 0];
  while (left.size > 0) {
    const places = [...left.keys()];
    let busy: { readonly index: number; readonly pauseMs: number } | null = null;
    for await (const { index: place, part } of askEach([...left.values()], signal)) {
      const index = places[place] ?? place;
      if (part.type === 'failure' && part.error.code === 'server/busy' && begun.size === 0) {
        const pauseMs = pauseFor(part.error, tries);
        if (tries < mostTries && waitedMs + pauseMs <= longestWaitMs) {
          busy = { index, pauseMs };
          break;
        }
      }
      if (part.type === 'text-delta') begun.add(index);
      if (part.type === 'finish') {
        begun.delete(index);
        left.delete(index);
        [tries, waitedMs] = [0, 0];
      }
      yield { index, part };
    }
    if (busy === null) return;
    tries += 1;
    waitedMs += busy.pauseMs;
    await setTimeout(busy.pauseMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) return yield { index: busy.index, part: { type: 'aborted' } };
  }
}

/** What a server names; the usual pause grows. */
function pauseFor({ retry }: AppErrorShape, tries: number): number {
  const pauseMs = retry?.afterMs ?? usualPauseMs;
  return pauseMs > usualPauseMs ? pauseMs : pauseMs * (tries + 1);
}

/** A model whose calls are made once more, each for itself, where a server was too busy for them. */
export function patientModel(model: AskedModel): AskedModel {
  const askEach: AskEach = (inputs, signal) => oneAfterAnother(model.generate, inputs, signal);
  async function* generate(input: GenerateInput, signal: AbortSignal): AsyncGenerator<ModelPart> {
    for await (const { part } of askPatiently(askEach, [input], signal)) yield part;
  }
  return { ...model, generate };
}
