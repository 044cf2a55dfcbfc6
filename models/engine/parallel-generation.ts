import type { LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp';
import { type GenerateInput, type IndexedPart, type ModelPart, mostAtOnce } from '../../contract/engine.ts';
import { toErrorShape } from '../../contract/errors.ts';
import type { GrowingContext } from './growing-context.ts';
import { type createPrompt, samplingOptions, toParts } from './llama-chat.ts';
import { prefillChunkTokens } from './llama-prompt.ts';
import { samplerWasMade } from './sampler-memory.ts';
import { TextSplitter } from './text-splitter.ts';
import { TokenText } from './token-text.ts';

type Prompt = ReturnType<typeof createPrompt>;

/** Windows are made in steps of this many tokens (llama.cpp). */
const windowStep = 256;

/** How many of these fit at once into what the usual window may grow to, so that memory stays within what was stated. */
export function parallelCount(
  context: GrowingContext,
  inputs: readonly GenerateInput[],
  prompts: readonly Prompt[],
): number {
  return Math.min(inputs.length, mostAtOnce, Math.floor(context.limitTokens / windowOf(inputs, prompts)));
}

function windowOf(inputs: readonly GenerateInput[], prompts: readonly Prompt[]): number {
  const longest = Math.max(
    ...inputs.map((input, index) => (prompts[index]?.tokenise(input.messages).length ?? 0) + input.maxTokens),
  );
  return Math.ceil((longest + 1) / windowStep) * windowStep;
}

interface Place {
  readonly model: LlamaModel;
  readonly threads: number;
  /** Sequences at once. */
  readonly count: number;
  /** Asked before each answer that is not among the first. */
  readonly mayBegin: () => boolean;
}

/** Fewer answers than this are written sooner one after another: the arithmetic takes tokens in fours (measured). */
const fewestTogether = 4;

/**
 * A token of each answer by turns. The library starts its next batch with the sequences that have asked by then, so all ask at
 * the same moment: eight tokens in one batch take half the time that they take one by one. When an answer ends the next prompt
 * is read in its place; the others wait for that, since reading gains nothing from company.
 */
export async function* generateParallel(
  { model, threads, count, mayBegin }: Place,
  inputs: readonly GenerateInput[],
  prompts: readonly Prompt[],
  signal: AbortSignal,
): AsyncGenerator<IndexedPart> {
  const context = await model.createContext({
    contextSize: windowOf(inputs, prompts),
    sequences: count,
    batchSize: prefillChunkTokens,
    threads,
    flashAttention: false,
    ignoreMemorySafetyChecks: true,
  });
  try {
    const free = Array.from({ length: count }, () => context.getSequence());
    let begun = 0;
    let writing: readonly AnswerWriter[] = [];
    while (true) {
      while (free.length > 0 && begun < inputs.length && (begun < count || mayBegin())) {
        const [index, sequence] = [begun, free.pop()];
        const [input, prompt] = [inputs[index], prompts[index]];
        begun += 1;
        if (sequence === undefined || input === undefined || prompt === undefined) continue;
        const tokens = prompt.tokenise(input.messages) as Token[];
        for await (const part of read(sequence, tokens, signal)) yield { index, part };
        const answer = { index, input, prompt, sequence, tokens };
        writing = [...writing, new AnswerWriter(model, answer, context.contextSize, signal)];
      }
      if (writing.length === 0) return;
      const last = writing.length < fewestTogether;
      const round = await Promise.all((last ? writing.slice(0, 1) : writing).map((writer) => writer.next()));
      yield* round.flat();
      free.push(...writing.filter(({ ended }) => ended).map(({ sequence }) => sequence));
      writing = writing.filter(({ ended }) => !ended);
    }
  } finally {
    await context.dispose();
  }
}

interface Answer {
  readonly index: number;
  readonly input: GenerateInput;
  readonly prompt: Prompt;
  readonly sequence: LlamaContextSequence;
  readonly tokens: readonly Token[];
}

async function* read(
  sequence: LlamaContextSequence,
  tokens: readonly Token[],
  signal: AbortSignal,
): AsyncGenerator<ModelPart> {
  await sequence.adaptStateToTokens(tokens.slice(0, -1), false);
  for (let start = sequence.nextTokenIndex; start < tokens.length - 1; start += prefillChunkTokens) {
    if (signal.aborted) return;
    yield { type: 'prompt-progress', done: start, total: tokens.length };
    await sequence.evaluateWithoutGeneratingNewTokens(
      tokens.slice(start, Math.min(start + prefillChunkTokens, tokens.length - 1)),
    );
    samplerWasMade();
  }
  yield { type: 'prompt-progress', done: tokens.length, total: tokens.length };
}

/** One answer, token by token. */
class AnswerWriter {
  readonly #answer: Answer;
  readonly #windowTokens: number;
  readonly #signal: AbortSignal;
  readonly #text: TokenText;
  readonly #splitter: TextSplitter;
  readonly #tokens: AsyncIterator<Token>;
  #outputTokens = 0;
  #ended = false;

  constructor(model: LlamaModel, answer: Answer, windowTokens: number, signal: AbortSignal) {
    this.#answer = answer;
    this.#windowTokens = windowTokens;
    this.#signal = signal;
    this.#text = new TokenText((piece, before) => model.detokenize(piece as Token[], false, before as Token[]));
    this.#splitter = new TextSplitter(answer.prompt.stops(), answer.prompt.startsThinking());
    this.#tokens = answer.sequence.evaluate(answer.tokens.slice(-1), samplingOptions(answer.input));
  }

  get ended(): boolean {
    return this.#ended;
  }

  get sequence(): LlamaContextSequence {
    return this.#answer.sequence;
  }

  /** What came of one more token. Never throws. */
  async next(): Promise<readonly IndexedPart[]> {
    try {
      if (this.#signal.aborted) return await this.#end([{ type: 'aborted' }]);
      const { value: token, done } = await this.#tokens.next();
      if (done === true) return await this.#end(this.#last());
      this.#outputTokens += 1;
      const parts = [...toParts(this.#splitter.push(this.#text.push(token)))];
      if (this.#full || this.#splitter.stopped) return await this.#end([...parts, ...this.#last()]);
      return this.#indexed(parts);
    } catch (error) {
      this.#ended = true;
      return this.#indexed([{ type: 'failure', error: toErrorShape(error) }]);
    }
  }

  get #full(): boolean {
    const { input, tokens } = this.#answer;
    return this.#outputTokens >= Math.min(input.maxTokens, this.#windowTokens - tokens.length - 1);
  }

  #last(): readonly ModelPart[] {
    const text = [...toParts(this.#splitter.push(this.#text.end())), ...toParts(this.#splitter.end())];
    const reason = this.#full && !this.#splitter.stopped ? 'length' : 'stop';
    const promptTokens = this.#answer.tokens.length;
    const counts = { promptTokens, cachedTokens: 0, outputTokens: this.#outputTokens };
    const usage = { ...counts, contextTokens: this.#windowTokens, droppedMessages: 0 };
    return [...text, { type: 'finish', reason, usage }];
  }

  /** Its sequence is let go before the others ask again. */
  async #end(parts: readonly ModelPart[]): Promise<readonly IndexedPart[]> {
    this.#ended = true;
    await this.#tokens.return?.();
    return this.#indexed(parts);
  }

  #indexed(parts: readonly ModelPart[]): readonly IndexedPart[] {
    return parts.map((part) => ({ index: this.#answer.index, part }));
  }
}
