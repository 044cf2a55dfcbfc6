import type { AtomFile } from '../../contract/atom.ts';
import type { Step } from '../../contract/atom-steps.ts';
import { type AppErrorShape, toErrorShape } from '../../contract/errors.ts';
import { stepsOf } from '../steps/steps-of.ts';
import { checkExample, type Wrong } from './check-example.ts';

/** How one example of an atom came out. */
export interface Proof {
  /** Its place in the file, from 0. */
  readonly example: number;
  /** Empty where the atom does there what its file promises. */
  readonly wrong: readonly Wrong[];
  /** Why there is no result; null where there is one. */
  readonly error: AppErrorShape | null;
  readonly result: string;
  readonly ms: number;
}

/** Makes the result of steps for a text, with the model that is to be proved. */
export type MakeResult = (
  steps: readonly Step[],
  text: string,
  output: AtomFile['output'],
  signal: AbortSignal,
) => Promise<{ readonly text: string; readonly error: AppErrorShape | null }>;

/** Runs the examples of an atom one after another; what was proved before it is stopped stays. */
export async function* prove(file: AtomFile, make: MakeResult, signal: AbortSignal): AsyncGenerator<Proof> {
  for (const [example, wanted] of (file.examples ?? []).entries()) {
    if (signal.aborted) return;
    const startedAt = performance.now();
    const { text, error } = await make(stepsOf(file), wanted.input, file.output, signal).catch((cause: unknown) => ({
      text: '',
      error: toErrorShape(cause),
    }));
    const wrong = error === null ? checkExample(wanted, text) : [];
    yield { example, wrong, error, result: text, ms: Math.round(performance.now() - startedAt) };
  }
}
