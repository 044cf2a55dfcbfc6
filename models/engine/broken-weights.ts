import type { LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp';
import { AppError } from '../../contract/errors.ts';

/**
 * Reads one token and looks at what the model makes of it: weights that are no numbers give none, and a model with them
 * writes one sign without end. Rejects with `model/garbled`. What was read is forgotten.
 */
export async function requireNumbers(model: LlamaModel, sequence: LlamaContextSequence): Promise<void> {
  const token = model.tokens.bos ?? model.tokens.eos ?? (0 as Token);
  const next = { generateNext: { token: true, confidence: true, options: { temperature: 0 } } } as const;
  const [answer] = await sequence.controlledEvaluate([[token, next]]);
  await sequence.clearHistory();
  if (Number.isNaN(answer?.next.confidence))
    throw new AppError('model/garbled', 'its weights give no numbers', { action: 'choose-model' });
}

/** Bounds how often one token comes in a row beyond what the prompt has: a line of dashes, a row of zeros have some dozens. */
const mostInARow = 400;

/** Sees when a model writes one and the same token, and would until there is no room. */
export class SameToken {
  readonly #most: number;
  #last: number | null = null;
  #count = 0;

  /** What is often in a row in the prompt may be in the answer too, as in a text that is corrected. */
  constructor(prompt: readonly number[]) {
    this.#most = mostInARow + longestRun(prompt);
  }

  add(token: number): void {
    this.#count = token === this.#last ? this.#count + 1 : 1;
    this.#last = token;
  }

  get isStuck(): boolean {
    return this.#count >= this.#most;
  }
}

export function repeats(): AppError {
  return new AppError('model/repeats', `one token ${mostInARow} times in a row`, { action: 'continue' });
}

function longestRun(tokens: readonly number[]): number {
  let [longest, run] = [0, 0];
  for (const [index, token] of tokens.entries()) {
    run = index > 0 && token === tokens[index - 1] ? run + 1 : 1;
    longest = Math.max(longest, run);
  }
  return longest;
}
