import type { GenerateInput, ModelPart, PromptMessage } from '../contract/engine.ts';

/** Where a model runs and how it is called; shown to the person as it is. */
export interface ModelIdentity {
  readonly id: string;
  readonly name: string;
  readonly where: 'device' | 'server';
  /** Host that the text goes to; null on this device. */
  readonly host: string | null;
}

/**
 * A language model, local or behind an address. Both implementations pass `tests/contract/language-model`.
 * `generate` never throws: its last part is `finish`, `failure` or `aborted`. After `signal` aborts, `aborted` comes within
 * 200 ms even when the work behind needs longer to settle; text that came before is kept by the caller.
 */
export interface LanguageModel {
  readonly identity: ModelIdentity;
  generate(input: GenerateInput, signal: AbortSignal): AsyncIterable<ModelPart>;
  /** Reads a prompt ahead, so that an answer to one that begins the same comes sooner; a server is sent nothing. */
  prepare(messages: readonly PromptMessage[], signal: AbortSignal): Promise<void>;
  /** Makes the first answer come sooner (loads the file); resolves when ready, rejects with AppError. */
  warm(): Promise<void>;
}
