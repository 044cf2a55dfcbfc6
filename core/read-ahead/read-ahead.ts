import type { Disposable } from '../../contract/disposable.ts';
import type { PromptMessage } from '../../contract/engine.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import { textPrompt } from '../prompts/text-prompt.ts';

/** A longer text is read in parts when it is asked about, and its beginning alone helps nothing then. */
const longestCharacters = 24_000;

/**
 * Lets the model on this machine read a captured text while the person still chooses what to do with it, so that every
 * action on it begins at once. A model elsewhere states no prefill: it is never given a text before it is asked about.
 */
export class ReadAhead implements Disposable {
  readonly #findModel: () => LanguageModel | Promise<LanguageModel>;
  readonly #beginAfterMs: number;
  #abort: AbortController | null = null;

  /** `findModel` may throw when there is no model; `beginAfterMs` leaves the first moments after the key to the window. */
  constructor(findModel: () => LanguageModel | Promise<LanguageModel>, beginAfterMs: number) {
    this.#findModel = findModel;
    this.#beginAfterMs = beginAfterMs;
  }

  start(text: string): void {
    this.stop();
    if (text.length > longestCharacters) return;
    const abort = new AbortController();
    this.#abort = abort;
    const messages = textPrompt(text, null);
    const begin = setTimeout(() => void this.#read(messages, abort.signal), this.#beginAfterMs);
    abort.signal.addEventListener('abort', () => clearTimeout(begin), { once: true });
  }

  /** The engine is free within a chunk of the prompt; what was read stays read. */
  stop(): void {
    this.#abort?.abort();
    this.#abort = null;
  }

  dispose(): void {
    this.stop();
  }

  async #read(messages: readonly PromptMessage[], signal: AbortSignal): Promise<void> {
    try {
      const model = await this.#findModel();
      if (signal.aborted) return;
      if (model.capabilities.prefill) await model.prefill(messages, signal);
    } catch {
      // A help, not a task: what is wrong is said when a question is asked.
    }
  }
}
