import { isRecord } from '../openai-compatible/said-error.ts';
import type { SdkProtocol } from './sdk-models.ts';

type Json = Readonly<Record<string, unknown>>;

/** What an event tells of the end of its answer. `perhaps`: why it ends; counts may follow, and some say it with every piece. */
export type SaidEnd = 'nothing' | 'words' | 'perhaps' | 'surely';

export const saidEndOf: Readonly<Record<SdkProtocol, (value: Json) => SaidEnd>> = {
  responses: ({ type }) => {
    if (['response.completed', 'response.incomplete', 'response.failed'].includes(String(type))) return 'surely';
    return type === 'response.output_text.delta' ? 'words' : 'nothing';
  },
  messages: ({ type, delta }) => {
    if (type === 'message_stop') return 'surely';
    if (type === 'content_block_delta') return 'words';
    return isRecord(delta) && typeof delta['stop_reason'] === 'string' ? 'perhaps' : 'nothing';
  },
  gemini: ({ candidates }) => {
    const first: unknown = Array.isArray(candidates) ? candidates[0] : null;
    if (!isRecord(first)) return 'nothing';
    return typeof first['finishReason'] === 'string' ? 'perhaps' : 'words';
  },
};

/** Ends the reading of an answer some time after it was said to be whole: servers and what stands before them keep connections open. */
export class RestAfterEnd {
  readonly #afterEndMs: number;
  #said: SaidEnd = 'nothing';
  #saysEarly = false;

  constructor(afterEndMs: number) {
    this.#afterEndMs = afterEndMs;
  }

  note(said: SaidEnd): void {
    if (said === 'nothing') return;
    // What was said to be the end was none where words follow it, and is none the next time either.
    if (this.#said === 'perhaps') this.#saysEarly = true;
    this.#said = said;
  }

  /** Whether the answer is over, so that nothing that comes now belongs to it. */
  get isOver(): boolean {
    return this.#said === 'surely';
  }

  /** Whether it was told why the answer ends, and perhaps not that it did. */
  get lacksEnd(): boolean {
    return this.#said === 'perhaps';
  }

  /** What `next` gives; null once the rest has lasted too long. */
  async within<Value>(next: Promise<Value>): Promise<Value | null> {
    if (this.#said !== 'perhaps' || this.#saysEarly) return next;
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), this.#afterEndMs);
    });
    try {
      return await Promise.race([next, over]);
    } finally {
      clearTimeout(timer);
      // A message that was not waited for may fail without anybody's knowing.
      next.catch(() => {});
    }
  }
}
