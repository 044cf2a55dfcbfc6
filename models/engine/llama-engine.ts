import type { Llama, LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp';
import type { GenerateInput, IndexedPart, LoadedModel, ModelPart } from '../../contract/engine.ts';
import { AppError } from '../../contract/errors.ts';
import { repeats, requireNumbers, SameToken } from './broken-weights.ts';
import { canDraft, draftedTokens } from './drafted-tokens.ts';
import { failure, loadFailure } from './failure.ts';
import { gatherText } from './gather-text.ts';
import { GrowingContext } from './growing-context.ts';
import { createReader, PromptMaker, samplingOptions, toParts } from './llama-chat.ts';
import { contextFull, fitPrompt, prefillChunkTokens } from './llama-prompt.ts';
import { generateParallel, parallelCount, windowOf } from './parallel-generation.ts';
import { answerHasEnded, samplerWasMade } from './sampler-memory.ts';
import { startLlama } from './start-llama.ts';
import type { ForeignTemplate } from './template/template-process.ts';

/** Room that is made for an answer before it begins; a longer one makes room for itself. */
const usualAnswerTokens = 1024;
/** Most questions and answers fit into it; its key-value cache takes half of the memory that the largest window takes. */
const firstContextTokens = 4096;

export interface LoadRequest {
  readonly path: string;
  /** Largest context window. */
  readonly contextTokens: number;
  /** The window it begins with, in tokens; 4,096 when left out. */
  readonly firstContextTokens?: number;
  readonly threads: number;
  readonly thinking: 'none' | 'switchable' | 'always';
  /** The chat template of a file that nobody has checked; ended with the model. Left out for a model that is known. */
  readonly foreign?: ForeignTemplate | null;
  readonly onProgress: (progress: number) => void;
}

interface Loaded {
  readonly model: LlamaModel;
  readonly context: GrowingContext;
  readonly prompts: PromptMaker;
  readonly foreign: ForeignTemplate | null;
  readonly threads: number;
}

/** One model in memory. Callers take turns: nothing here may run twice at a time. */
export class LlamaEngine {
  #llama: Llama | null = null;
  #loaded: Loaded | null = null;

  async load(request: LoadRequest): Promise<Omit<LoadedModel, 'networkOff' | 'bytes'>> {
    const { thinking, foreign = null } = request;
    await this.unload();
    this.#llama ??= await startLlama();
    const llama = this.#llama;
    // More threads than the cores that do arithmetic make decoding thirty times slower (measured on two cores).
    const threads = Math.max(1, Math.min(request.threads, llama.cpuMathCores));
    try {
      const model = await llama.loadModel({
        modelPath: request.path,
        gpuLayers: 0,
        useMmap: false,
        defaultContextFlashAttention: false,
        ignoreMemorySafetyChecks: true,
        onLoadProgress: request.onProgress,
      });
      const context = await GrowingContext.create({
        model,
        limitTokens: request.contextTokens,
        firstTokens: request.firstContextTokens ?? firstContextTokens,
        batchTokens: prefillChunkTokens,
        threads,
      });
      await requireNumbers(model, context.sequence);
      this.#loaded = { model, context, prompts: new PromptMaker({ model, thinking, foreign }), foreign, threads };
      return {
        contextTokens: context.limitTokens,
        trainedContextTokens: model.trainContextSize,
        threads,
      };
    } catch (error) {
      await this.unload();
      throw loadFailure(error);
    }
  }

  async unload(): Promise<void> {
    const loaded = this.#loaded;
    this.#loaded = null;
    loaded?.foreign?.dispose();
    await loaded?.context.dispose();
    await loaded?.model.dispose();
  }

  /** Never throws. `signal` is looked at before every chunk of the prompt and every token. */
  async *generate(input: GenerateInput, signal: AbortSignal): AsyncGenerator<ModelPart> {
    try {
      if (this.#loaded === null) throw new AppError('model/none', 'no model is loaded');
      yield* gatherText(this.#generate(this.#loaded, input, signal));
    } catch (error) {
      if (signal.aborted) yield { type: 'aborted' };
      else yield failure(error);
    } finally {
      answerHasEnded();
    }
  }

  /**
   * Several answers at once, each in a sequence of its own. Memory stays within the window that was stated: with too little
   * for two sequences, and where answers follow a text, they are made one after another. When `mayBegin` says no it ends
   * before the next one that is not among the first. Never throws.
   */
  async *generateEach(
    inputs: readonly GenerateInput[],
    signal: AbortSignal,
    mayBegin: () => boolean,
  ): AsyncGenerator<IndexedPart> {
    try {
      yield* this.#generateEach(inputs, signal, mayBegin);
    } catch (error) {
      const part = signal.aborted ? { type: 'aborted' as const } : failure(error);
      yield { index: 0, part };
    }
  }

  async *#generateEach(
    inputs: readonly GenerateInput[],
    signal: AbortSignal,
    mayBegin: () => boolean,
  ): AsyncGenerator<IndexedPart> {
    const loaded = this.#loaded;
    const prompts = loaded === null ? [] : inputs.map((input) => loaded.prompts.create(input, signal));
    // Drafts save more than company does, and only one answer at a time can be drafted.
    const drafts = loaded !== null && inputs.every((input) => canDraft(input, loaded.context.sequence));
    const window = loaded === null || drafts ? 0 : await windowOf(inputs, prompts, signal);
    if (signal.aborted) return yield { index: 0, part: { type: 'aborted' } };
    const count = loaded === null || drafts ? 1 : parallelCount(loaded.context, inputs.length, window);
    if (loaded === null || count < 2) {
      for (const [index, input] of inputs.entries()) {
        if (index > 0 && !mayBegin()) return;
        for await (const part of this.generate(input, signal)) yield { index, part };
      }
      return;
    }
    const threads = Math.max(1, Math.min(loaded.threads, this.#llama?.cpuMathCores ?? 1));
    // A second window beside the usual one would need more memory than was stated for the model.
    await loaded.context.giveAway();
    try {
      yield* generateParallel({ model: loaded.model, threads, count, window, mayBegin }, inputs, prompts, signal);
    } finally {
      await loaded.context.takeBack();
    }
  }

  async *#generate(loaded: Loaded, input: GenerateInput, signal: AbortSignal): AsyncGenerator<ModelPart> {
    const { model, context } = loaded;
    const prompt = loaded.prompts.create(input, signal);
    const fitted = await fitPrompt(input.messages, context.limitTokens, input, prompt.tokenise);
    if (fitted.droppedMessages > 0) yield { type: 'messages-dropped', count: fitted.droppedMessages };
    const tokens = fitted.tokens as Token[];
    const drafts = canDraft(input, context.sequence) ? tokeniseDrafts(model, input) : null;
    await context.makeRoomFor(tokens.length + roomForAnswer(input.maxTokens, context.tokens, drafts));
    if (tokens.length >= context.tokens) throw contextFull(tokens.length, context.tokens);
    // The last token is always evaluated anew: its logits are where the answer starts.
    await context.sequence.adaptStateToTokens(tokens.slice(0, -1), false);
    const cachedTokens = context.sequence.nextTokenIndex;
    for await (const start of prefill(context.sequence, tokens)) {
      if (signal.aborted) return yield { type: 'aborted' };
      yield { type: 'prompt-progress', done: start, total: tokens.length };
    }
    let last = tokens.at(-1);
    if (last === undefined) throw new AppError('app/internal', 'the chat template gave no tokens');
    yield { type: 'prompt-progress', done: tokens.length, total: tokens.length };
    const { droppedMessages } = fitted;
    const read = { promptTokens: tokens.length, cachedTokens, contextTokens: context.limitTokens, droppedMessages };
    if (input.readOnly === true) return yield { type: 'finish', reason: 'stop', usage: { ...read, outputTokens: 0 } };
    const most = Math.min(input.maxTokens, context.limitTokens - tokens.length - 1);
    const { text, splitter } = createReader(model, prompt, input, tokens);
    const same = new SameToken(tokens);
    let outputTokens = 0;
    let full = false;
    do {
      const room = Math.min(most, context.tokens - tokens.length - 1);
      const next: AsyncIterable<Token> =
        drafts !== null && outputTokens === 0
          ? draftedTokens(model, context.sequence, { last, ...drafts, most: room })
          : context.sequence.evaluate([last], samplingOptions(input));
      for await (const token of next) {
        if (signal.aborted) return yield { type: 'aborted' };
        outputTokens += 1;
        last = token;
        yield* toParts(splitter.push(text.push(token)));
        same.add(token);
        full = outputTokens >= room && !splitter.stopped;
        if (full || same.isStuck || splitter.stopped) break;
      }
      // Drafts may have been read beyond the token that was full.
      await trim(context.sequence, tokens.length - 1 + outputTokens);
      // Full in the middle of an answer: it goes on in the larger window, or ends here.
    } while (full && !same.isStuck && outputTokens < most && (await context.makeRoomFor(context.tokens + 1)));
    yield* toParts([...splitter.push(text.end()), ...splitter.end()]);
    if (same.isStuck) throw repeats();
    yield { type: 'finish', reason: full ? 'length' : 'stop', usage: { ...read, outputTokens } };
  }
}

interface DraftTokens {
  /** Tokens of the text that the answer follows. */
  readonly source: readonly Token[];
  /** Tokens that the answer has already. */
  readonly before: readonly Token[];
}

function tokeniseDrafts(model: LlamaModel, { draftFrom = '', answerSoFar = '' }: GenerateInput): DraftTokens {
  return { source: model.tokenize(draftFrom), before: model.tokenize(answerSoFar) };
}

/** In tokens. An answer that follows a text is about as long as that text, and room made on the way would break its drafts off. */
function roomForAnswer(maxTokens: number, contextTokens: number, drafts: DraftTokens | null): number {
  const usual = Math.min(maxTokens, usualAnswerTokens, Math.floor(contextTokens / 4));
  return Math.max(usual, Math.ceil((drafts?.source.length ?? 0) * 1.2));
}

/** Forgets what a sequence has read beyond so many tokens. */
async function trim(sequence: LlamaContextSequence, tokens: number): Promise<void> {
  if (sequence.nextTokenIndex > tokens)
    await sequence.eraseContextTokenRanges([{ start: tokens, end: sequence.nextTokenIndex }]);
}

/** Reads what the sequence does not hold of a prompt, all but its last token, and tells before each chunk where it begins. */
async function* prefill(sequence: LlamaContextSequence, tokens: readonly Token[]): AsyncGenerator<number> {
  const end = tokens.length - 1;
  for (let start = sequence.nextTokenIndex; start < end; start += prefillChunkTokens) {
    yield start;
    await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(start, Math.min(start + prefillChunkTokens, end)));
    samplerWasMade();
  }
}
