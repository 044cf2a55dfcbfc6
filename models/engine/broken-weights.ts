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
class SameToken {
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

/** Longest piece of text that is looked for as one that is written again and again, in tokens: two or three lines. */
const longestCycle = 64;
/** Bounds what one such piece fills beyond what it fills in the prompt, in tokens; a person who asked for more goes on with it. */
const mostInCycle = 1000;
/** What comes less often is a list or a table whose rows are alike. */
const leastTimes = 25;

/**
 * Sees when a model writes the same words again and again, and would until there is no room, as small models and files whose
 * vocabulary does not fit their weights do. Signs and figures alone may go on: rows of zeros are a matrix.
 */
class SameWords {
  readonly #runs = new CycleRuns();
  readonly #most: number;
  #count = 0;
  #lettersAt = Number.NEGATIVE_INFINITY;
  #isStuck = false;

  constructor(prompt: readonly number[]) {
    const read = new CycleRuns();
    this.#most = mostInCycle + prompt.reduce((longest, token) => Math.max(longest, read.add(token)), 0);
  }

  add(token: number, text: string): void {
    this.#count += 1;
    if (/\p{L}/u.test(text)) this.#lettersAt = this.#count;
    const longest = this.#runs.add(token);
    if (longest < this.#most) return;
    const cycle = this.#runs.cycleOf(longest);
    this.#isStuck = longest >= cycle * leastTimes && this.#count - this.#lettersAt < cycle;
  }

  get isStuck(): boolean {
    return this.#isStuck;
  }
}

/** For each length of a piece how many tokens in a row are those of so many tokens before. */
class CycleRuns {
  readonly #runs = new Uint32Array(longestCycle + 1);
  readonly #last = new Int32Array(longestCycle).fill(-1);
  #count = 0;

  /** Answers the longest run that ends with this token. */
  add(token: number): number {
    let longest = 0;
    for (let cycle = 1; cycle <= longestCycle; cycle += 1) {
      const before = cycle > this.#count ? -1 : this.#last[(this.#count - cycle) % longestCycle];
      const run = before === token ? (this.#runs[cycle] ?? 0) + 1 : 0;
      this.#runs[cycle] = run;
      longest = Math.max(longest, run);
    }
    this.#last[this.#count % longestCycle] = token;
    this.#count += 1;
    return longest;
  }

  /** The shortest piece that has run for so long, or almost. */
  cycleOf(run: number): number {
    const found = this.#runs.findIndex((one, cycle) => cycle > 0 && one >= run - longestCycle);
    return found < 0 ? longestCycle : found;
  }
}

/** Sees when an answer repeats itself and would go on to. */
export class Repeats {
  readonly #token: SameToken;
  readonly #words: SameWords;

  constructor(prompt: readonly number[]) {
    this.#token = new SameToken(prompt);
    this.#words = new SameWords(prompt);
  }

  /** `text`: what the token gives, or what a character that it ends does. */
  add(token: number, text: string): void {
    this.#token.add(token);
    this.#words.add(token, text);
  }

  get isStuck(): boolean {
    return this.#token.isStuck || this.#words.isStuck;
  }
}

export function repeats(): AppError {
  return new AppError('model/repeats', 'the same again and again', { action: 'continue' });
}

function longestRun(tokens: readonly number[]): number {
  let [longest, run] = [0, 0];
  for (const [index, token] of tokens.entries()) {
    run = index > 0 && token === tokens[index - 1] ? run + 1 : 1;
    longest = Math.max(longest, run);
  }
  return longest;
}
