import type { LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp';
import type { GenerateInput, IndexedPart, ModelPart } from '../../contract/engine.ts';
import { toErrorShape } from '../../contract/errors.ts';
import type { GrowingContext } from './growing-context.ts';
import { type createPrompt, samplingOptions, toParts } from './llama-chat.ts';
import { prefillChunkTokens } from './llama-prompt.ts';
import { PartQueue } from './part-queue.ts';
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
  return Math.min(inputs.length, Math.floor(context.limitTokens / windowOf(inputs, prompts)));
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
}

/** In rounds of `count`: the prompts one after another, since reading gains nothing from company, then all answers at once. */
export async function* generateParallel(
  { model, threads, count }: Place,
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
    const sequences = Array.from({ length: count }, () => context.getSequence());
    for (let start = 0; start < inputs.length; start += count) {
      const answers: Answer[] = [];
      for (const [place, input] of inputs.slice(start, start + count).entries()) {
        const index = start + place;
        const [prompt, sequence] = [prompts[index], sequences[place]];
        if (prompt === undefined || sequence === undefined) continue;
        const tokens = prompt.tokenise(input.messages) as Token[];
        answers.push({ index, input, prompt, sequence, tokens });
        for await (const part of read(sequence, tokens, signal)) yield { index, part };
      }
      const parts = new PartQueue<IndexedPart>();
      const work = answers.map((answer) => write(model, answer, context.contextSize, parts, signal));
      void Promise.all(work).finally(() => parts.end());
      yield* parts;
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

/** One answer to its end, into the queue that all share; the library puts what the sequences ask for into one batch. */
async function write(
  model: LlamaModel,
  { index, input, prompt, sequence, tokens }: Answer,
  windowTokens: number,
  parts: PartQueue<IndexedPart>,
  signal: AbortSignal,
): Promise<void> {
  const push = (part: ModelPart) => parts.push({ index, part });
  try {
    const last = tokens.at(-1);
    if (signal.aborted || last === undefined) return push({ type: 'aborted' });
    const text = new TokenText((piece, before) => model.detokenize(piece as Token[], false, before as Token[]));
    const splitter = new TextSplitter(prompt.stops(), prompt.startsThinking());
    const most = Math.min(input.maxTokens, windowTokens - tokens.length - 1);
    let outputTokens = 0;
    for await (const token of sequence.evaluate([last], samplingOptions(input))) {
      if (signal.aborted) return push({ type: 'aborted' });
      outputTokens += 1;
      for (const part of toParts(splitter.push(text.push(token)))) push(part);
      if (outputTokens >= most || splitter.stopped) break;
    }
    for (const part of toParts([...splitter.push(text.end()), ...splitter.end()])) push(part);
    const reason = outputTokens >= most && !splitter.stopped ? 'length' : 'stop';
    const counts = { promptTokens: tokens.length, cachedTokens: 0, outputTokens, contextTokens: windowTokens };
    push({ type: 'finish', reason, usage: { ...counts, droppedMessages: 0 } });
  } catch (error) {
    push({ type: 'failure', error: toErrorShape(error) });
  }
}
