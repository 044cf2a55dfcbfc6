import type { GenerateInput, IndexedPart, ModelPart, PromptMessage } from '../contract/engine.ts';

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
  /**
   * A list of at most `mostInList`, several at once where that is faster; each one's parts are those of `generate`. An abort
   * ends all of them.
   */
  generateEach(inputs: readonly GenerateInput[], signal: AbortSignal): AsyncIterable<IndexedPart>;
  /** Reads a prompt ahead, so that an answer to one that begins the same comes sooner; a server is sent nothing. */
  prepare(messages: readonly PromptMessage[], signal: AbortSignal): Promise<void>;
  /** Makes the first answer come sooner (loads the file, unless another is at work); resolves when ready, rejects with AppError. */
  warm(): Promise<void>;
}

/** For models that gain nothing from several at once, or where each costs money: one after another. */
export async function* oneAfterAnother(
  generate: LanguageModel['generate'],
  inputs: readonly GenerateInput[],
  signal: AbortSignal,
): AsyncGenerator<IndexedPart> {
  for (const [index, input] of inputs.entries())
    for await (const part of generate(input, signal)) yield { index, part };
}
