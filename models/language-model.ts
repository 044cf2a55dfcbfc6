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
 * What a model can do, as it states it itself; `tests/contract/language-model` holds it to that. Callers ask for these and
 * never for where a model runs. Null: not known before it is used.
 */
export interface ModelCapabilities {
  /** It has to be loaded before its first answer; `warm` does that beforehand. Else `warm` does nothing. */
  readonly warm: boolean;
  /** `prefill` makes answers to what begins the same come sooner. Else it does nothing: a prompt is sent nowhere unasked. */
  readonly prefill: boolean;
  /** It goes on behind `hints.continueFrom`. Else its answer begins anew. */
  readonly continue: boolean;
  /** It writes faster with `hints.draftFrom`. */
  readonly drafts: boolean | null;
  /** Text that it wrote may turn out to be thought, which `text-was-thinking` says. */
  readonly takesBack: boolean;
  /** The most tokens that prompt and answer may have together; memory may allow fewer. */
  readonly contextTokens: number | null;
  /** It can be given tools to call. */
  readonly tools: boolean;
  /** Its answer can be held to a JSON schema. */
  readonly jsonSchema: boolean;
  /** It reads pictures. */
  readonly images: boolean;
  /** Calls of `generate` that may be under way together where that makes all of them end sooner; 1 where nothing is gained. */
  readonly atOnce: number;
  /** A list of `generateEach` ends sooner than its questions one after another. */
  readonly listGains: boolean;
}

/** What no request can ask for yet, and no model states therefore. */
export const notBuilt = { tools: false, jsonSchema: false, images: false } as const;

/**
 * A language model, local or behind an address. Both implementations pass `tests/contract/language-model`.
 * `generate` never throws: its last part is `finish`, `failure` or `aborted`. After `signal` aborts, `aborted` comes within
 * 200 ms even when the work behind needs longer to settle; text that came before is kept by the caller.
 */
export interface LanguageModel {
  readonly identity: ModelIdentity;
  readonly capabilities: ModelCapabilities;
  generate(input: GenerateInput, signal: AbortSignal): AsyncIterable<ModelPart>;
  /**
   * A list of at most `mostInList`, several at once where that is faster; each one's parts are those of `generate`. An abort
   * ends all of them.
   */
  generateEach(inputs: readonly GenerateInput[], signal: AbortSignal): AsyncIterable<IndexedPart>;
  /** Reads a prompt, so that an answer to one that begins the same comes sooner; nothing where that is not stated. Sends it nowhere. */
  prefill(messages: readonly PromptMessage[], signal: AbortSignal): Promise<void>;
  /** Makes the first answer come sooner (loads the file, unless another is at work), where that is stated; resolves when ready, rejects with AppError. */
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
