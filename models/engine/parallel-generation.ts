import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp';
import { type GenerateInput, type IndexedPart, mostAtOnce } from '../../contract/engine.ts';
import { AnswerWriter } from './answer-writer.ts';
import type { GrowingContext } from './growing-context.ts';
import { heldToSchema } from './held-to-schema.ts';
import type { Prompt } from './llama-chat.ts';
import { prefillChunkTokens } from './llama-prompt.ts';
import { readTokens } from './read-tokens.ts';
import { answerHasEnded } from './sampler-memory.ts';

/** Windows are made in steps of this many tokens (llama.cpp). */
const windowStep = 256;
/**
 * Sequences at once, and the fewest answers for which a token of each together takes less time than one after another: the
 * arithmetic takes tokens in fours, and five to seven take as long as eight (measured).
 */
const widths = [
  { count: mostAtOnce, fewest: 5 },
  { count: 4, fewest: 4 },
] as const;

/**
 * How many of these are written at once: what gains from it and fits into what the usual window may grow to, so that memory
 * stays within what was stated. 1 when nothing does.
 */
export function parallelCount(context: GrowingContext, answers: number, window: number): number {
  const fit = Math.floor(context.limitTokens / window);
  return widths.find(({ count, fewest }) => count <= fit && fewest <= answers)?.count ?? 1;
}

/**
 * The window that the longest of these needs, in tokens. An abort is seen after each of them: a list has dozens, and one
 * word of thousands of letters takes long to be made tokens.
 */
export async function windowOf(
  inputs: readonly GenerateInput[],
  prompts: readonly Prompt[],
  signal: AbortSignal,
): Promise<number> {
  let longest = 0;
  for (const [index, { messages, maxTokens }] of inputs.entries()) {
    longest = Math.max(longest, ((await prompts[index]?.tokenise(messages))?.length ?? 0) + maxTokens);
    await nextTurn();
    if (signal.aborted) break;
  }
  return Math.ceil((longest + 1) / windowStep) * windowStep;
}

interface Place {
  readonly model: LlamaModel;
  readonly threads: number;
  /** Sequences at once, of `parallelCount`. */
  readonly count: number;
  /** Size of the window of each answer, in tokens. */
  readonly window: number;
  /** Asked before each answer that is not among the first. */
  readonly mayBegin: () => boolean;
}

/**
 * A token of each answer by turns. The library starts its next batch with the sequences that have asked by then, so all ask at
 * the same moment: eight tokens in one batch take half the time that they take one by one. When an answer ends the next prompt
 * is read in its place; the others wait for that, since reading gains nothing from company.
 */
export async function* generateParallel(
  { model, threads, count, window, mayBegin }: Place,
  inputs: readonly GenerateInput[],
  prompts: readonly Prompt[],
  signal: AbortSignal,
): AsyncGenerator<IndexedPart> {
  const fewestTogether = widths.find((width) => width.count === count)?.fewest ?? count;
  const context = await model.createContext({
    contextSize: window,
    sequences: count,
    batchSize: prefillChunkTokens,
    threads,
    flashAttention: false,
    ignoreMemorySafetyChecks: true,
  });
  try {
    const slots = Array.from({ length: count }, () => new Slot(context.getSequence()));
    let begun = 0;
    while (true) {
      for (const slot of slots) {
        const [index, input, prompt] = [begun, inputs[begun], prompts[begun]];
        if (slot.writer !== null || input === undefined || prompt === undefined) continue;
        if (begun >= count && !mayBegin()) continue;
        begun += 1;
        const { sequence } = slot;
        const tokens = await prompt.tokenise(input.messages);
        await sequence.adaptStateToTokens(tokens.slice(0, -1), false);
        for await (const part of readTokens(sequence, tokens, signal)) yield { index, part };
        const held = await heldToSchema(model, input);
        const answer = { index, input, prompt, sequence, tokens, held };
        slot.begin(new AnswerWriter(model, answer, context.contextSize, signal));
      }
      const busy = slots.filter(({ writer }) => writer !== null);
      if (busy.length === 0) return;
      const round = busy.length < fewestTogether ? busy.slice(0, 1) : slots;
      yield* (await Promise.all(round.map((slot) => slot.next()))).flat();
    }
  } finally {
    await context.dispose();
  }
}

/**
 * A sequence and the answer that is written in it. llama.cpp takes sequences into one batch only as long as their numbers
 * follow each other, so where an answer has ended another token is written that nobody reads, in an empty window.
 */
class Slot {
  readonly sequence: LlamaContextSequence;
  #writer: AnswerWriter | null = null;
  #filler: AsyncIterator<Token> | null = null;

  constructor(sequence: LlamaContextSequence) {
    this.sequence = sequence;
  }

  get writer(): AnswerWriter | null {
    return this.#writer;
  }

  begin(writer: AnswerWriter): void {
    this.#writer = writer;
    this.#filler = null;
  }

  /** What came of one more token. */
  async next(): Promise<readonly IndexedPart[]> {
    if (this.#writer === null) return this.#fill();
    const parts = await this.#writer.next();
    if (!this.#writer.ended) return parts;
    this.#writer = null;
    answerHasEnded();
    return parts;
  }

  async #fill(): Promise<readonly IndexedPart[]> {
    if (this.#filler === null) {
      const { sequence } = this;
      await sequence.eraseContextTokenRanges([{ start: 0, end: sequence.nextTokenIndex }]);
      const beginning = sequence.model.tokens.bos ?? sequence.model.tokens.eos;
      if (beginning === null) return [];
      this.#filler = sequence.evaluate([beginning], { temperature: 0, yieldEogToken: true });
    }
    await this.#filler.next();
    return [];
  }
}
