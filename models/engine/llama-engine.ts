import type { Llama } from 'node-llama-cpp';
import type { GenerateInput, IndexedPart, LoadedModel, ModelPart, PromptMessage } from '../../contract/engine.ts';
import { AppError } from '../../contract/errors.ts';
import { requireNumbers } from './broken-weights.ts';
import { canDraft } from './drafted-tokens.ts';
import { failure, loadFailure } from './failure.ts';
import { gatherText } from './gather-text.ts';
import { GrowingContext } from './growing-context.ts';
import { PromptMaker } from './llama-chat.ts';
import { prefillChunkTokens } from './llama-prompt.ts';
import { generateParallel, parallelCount, windowOf } from './parallel-generation.ts';
import { answerHasEnded } from './sampler-memory.ts';
import { generateSingle, prefill, type SinglePlace } from './single-generation.ts';
import { startLlama } from './start-llama.ts';
import type { ForeignTemplate } from './template/template-process.ts';

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

interface Loaded extends SinglePlace {
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
  generate(input: GenerateInput, signal: AbortSignal): AsyncGenerator<ModelPart> {
    return this.#work(signal, (loaded) => gatherText(generateSingle(loaded, input, signal)));
  }

  /** Reads a prompt and writes nothing; the next one that begins the same goes on from there. Never throws. */
  prefill(messages: readonly PromptMessage[], signal: AbortSignal): AsyncGenerator<ModelPart> {
    return this.#work(signal, (loaded) => prefill(loaded, messages, signal));
  }

  async *#work(signal: AbortSignal, work: (loaded: Loaded) => AsyncGenerator<ModelPart>): AsyncGenerator<ModelPart> {
    try {
      if (this.#loaded === null) throw new AppError('model/none', 'no model is loaded');
      yield* work(this.#loaded);
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
}
