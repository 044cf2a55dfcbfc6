import type { RunPart } from '../../contract/run.ts';

/**
 * Each message wakes three processes, which on two cores costs the model that writes a word in thirty: pieces of text that
 * come within this time, in milliseconds, go as one, and so do those of thinking. The first goes at once.
 */
const gatherMs = 60;

/** Parts on their way to one window; `end` leaves. What is waiting when a part of another kind comes goes at once. */
export class GatheredParts {
  readonly #waiting: RunPart[];
  #wake = () => {};
  #gathering = false;
  #grewAt = Number.NEGATIVE_INFINITY;

  constructor(first: readonly RunPart[]) {
    this.#waiting = [...first];
  }

  push(part: RunPart): void {
    this.#waiting.push(part);
    if (!this.#gathering || part.type !== this.#waiting[0]?.type) this.#wake();
  }

  /** The next part, or null when `signal` was aborted first. */
  async next(signal: AbortSignal): Promise<RunPart | null> {
    const onAbort = () => this.#wake();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      while (!signal.aborted) {
        const part = this.#waiting[0];
        const early = part !== undefined && grows(part) ? this.#grewAt + gatherMs - performance.now() : 0;
        if (part !== undefined && (early <= 0 || this.#waiting.at(-1)?.type !== part.type)) return this.#take(part);
        await this.#sleep(part === undefined ? null : early);
      }
      return null;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  #take(part: RunPart): RunPart {
    this.#waiting.shift();
    if (!grows(part)) return part;
    this.#grewAt = performance.now();
    let { text } = part;
    for (
      let next = this.#waiting[0];
      next !== undefined && grows(next) && next.type === part.type;
      [next] = this.#waiting
    ) {
      text += next.text;
      this.#waiting.shift();
    }
    return { type: part.type, text };
  }

  /** Until something comes; with a time, until something of another kind comes or the time has passed. */
  async #sleep(ms: number | null): Promise<void> {
    this.#gathering = ms !== null;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      if (ms !== null) timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
    this.#gathering = false;
  }
}

/** What was written and what was thought come in pieces, by the hundred in a second from a fast server. */
function grows(part: RunPart): part is Extract<RunPart, { readonly type: 'text-delta' | 'thinking-delta' }> {
  return part.type === 'text-delta' || part.type === 'thinking-delta';
}
