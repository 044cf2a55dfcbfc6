import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LlamaContext, LlamaContextSequence, LlamaModel } from 'node-llama-cpp';

export interface GrowingContextOptions {
  readonly model: LlamaModel;
  /** Largest window, in tokens: what the model was trained for and memory allows. */
  readonly limitTokens: number;
  readonly firstTokens: number;
  readonly batchTokens: number;
  readonly threads: number;
}

/** A context window that begins small and grows once, to its limit, when a prompt or an answer needs more. */
export class GrowingContext {
  readonly #options: GrowingContextOptions;
  #context: LlamaContext;
  #sequence: LlamaContextSequence;

  private constructor(options: GrowingContextOptions, context: LlamaContext) {
    this.#options = options;
    this.#context = context;
    this.#sequence = context.getSequence();
  }

  static async create(options: GrowingContextOptions): Promise<GrowingContext> {
    return new GrowingContext(
      options,
      await createContext(options, Math.min(options.firstTokens, options.limitTokens)),
    );
  }

  get sequence(): LlamaContextSequence {
    return this.#sequence;
  }

  /** Tokens that fit now. */
  get tokens(): number {
    return this.#context.contextSize;
  }

  /** Tokens that fit once it has grown. */
  get limitTokens(): number {
    return Math.max(this.#options.limitTokens, this.tokens);
  }

  /**
   * Makes room for so many tokens, up to the limit; what was read stays read. False when the room is not there, be it that
   * memory was taken by others meanwhile: then everything is as it was.
   */
  async makeRoomFor(tokens: number): Promise<boolean> {
    if (tokens <= this.tokens) return true;
    if (this.tokens >= this.limitTokens) return false;
    // The state holds what was read: only this user may see the file, and only for the moment.
    const folder = mkdtempSync(join(tmpdir(), 'beckon-state-'));
    const file = join(folder, 'state');
    const before = this.tokens;
    try {
      await this.#sequence.saveStateToFile(file);
      await this.#context.dispose();
      const grown = await createContext(this.#options, this.limitTokens).catch(() => null);
      this.#context = grown ?? (await createContext(this.#options, before));
      this.#sequence = this.#context.getSequence();
      await this.#sequence.loadStateFromFile(file, { acceptRisk: true });
      return grown !== null && tokens <= this.tokens;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /**
   * Gives its memory away until `takeBack`: what was read is forgotten, and nothing else may be asked of it meanwhile.
   */
  async giveAway(): Promise<void> {
    await this.#context.dispose();
  }

  /** Begins small again. Throws when others took the memory. */
  async takeBack(): Promise<void> {
    const { firstTokens, limitTokens } = this.#options;
    this.#context = await createContext(this.#options, Math.min(firstTokens, limitTokens));
    this.#sequence = this.#context.getSequence();
  }

  async dispose(): Promise<void> {
    await this.#context.dispose();
  }
}

function createContext(
  { model, batchTokens, threads }: GrowingContextOptions,
  contextSize: number,
): Promise<LlamaContext> {
  return model.createContext({
    contextSize,
    // As long as a chunk of the prompt: what attention needs beside the cache grows with it.
    batchSize: batchTokens,
    sequences: 1,
    threads,
    flashAttention: false,
    ignoreMemorySafetyChecks: true,
  });
}
