import type { Llama, LlamaEmbeddingContext, LlamaModel } from 'node-llama-cpp';
import { AppError } from '../../contract/errors.ts';
import { embeddingContextTokens } from '../fit/memory.ts';
import { loadFailure } from './failure.ts';
import { startLlama } from './start-llama.ts';

interface Loaded {
  readonly model: LlamaModel;
  readonly context: LlamaEmbeddingContext;
  readonly tokens: number;
}

/** Room that is left in the window for the marks that a model wants around its text. */
const markTokens = 4;

/** One embedding model in memory. Callers take turns: nothing here may run twice at a time. */
export class EmbeddingEngine {
  #llama: Llama | null = null;
  #loaded: Loaded | null = null;

  /** Answers how many numbers a vector has. Throws `model/load-failed`. */
  async load(path: string, threads: number): Promise<number> {
    await this.unload();
    this.#llama ??= await startLlama();
    try {
      const model = await this.#llama.loadModel({
        modelPath: path,
        gpuLayers: 0,
        useMmap: false,
        defaultContextFlashAttention: false,
        ignoreMemorySafetyChecks: true,
      });
      const tokens = Math.min(model.trainContextSize, embeddingContextTokens);
      const context = await model.createEmbeddingContext({
        contextSize: tokens,
        // A model that reads in both directions has to see all of a sentence at once.
        batchSize: tokens,
        threads: Math.max(1, Math.min(threads, this.#llama.cpuMathCores)),
        ignoreMemorySafetyChecks: true,
      });
      this.#loaded = { model, context, tokens };
      return model.embeddingVectorSize;
    } catch (error) {
      await this.unload();
      throw loadFailure(error);
    }
  }

  async unload(): Promise<void> {
    const loaded = this.#loaded;
    this.#loaded = null;
    await loaded?.context.dispose();
    await loaded?.model.dispose();
  }

  /** The vector of a text, of length 1 (all zeros when the text has nothing in it). What is too long is cut. */
  async embed(text: string): Promise<Float32Array> {
    if (this.#loaded === null) throw new AppError('model/none', 'no embedding model is loaded');
    const { model, context, tokens } = this.#loaded;
    const read = model.tokenize(text).slice(0, tokens - markTokens);
    if (read.length === 0) return new Float32Array(model.embeddingVectorSize);
    const { vector } = await context.getEmbeddingFor(read);
    const length = Math.hypot(...vector);
    return Float32Array.from(vector, (value) => (length > 0 ? value / length : 0));
  }
}
