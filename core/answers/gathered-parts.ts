import type { RunPart } from '../../contract/run.ts';

/**
 * Each message wakes three processes, which on two cores costs the model that writes a word in thirty: pieces of text that
 * come within this time, in milliseconds, go as one. The first goes at once.
 */
const gatherMs = 60;

/** Parts on their way to one window; `end` leaves. What is waiting when a part other than text comes goes at once. */
export class GatheredParts {
  readonly #waiting: RunPart[];
  #wake = () => {};
  #gathering = false;
  #textAt = Number.NEGATIVE_INFINITY;

  constructor(first: readonly RunPart[]) {
    this.#waiting = [...first];
  }

  push(part: RunPart): void {
    this.#waiting.push(part);
    if (!this.#gathering || part.type !== 'text-delta') this.#wake();
  }

  /** The next part, or null when `signal` was aborted first. */
  async next(signal: AbortSignal): Promise<RunPart | null> {
    const onAbort = () => this.#wake();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      while (!signal.aborted) {
        const part = this.#waiting[0];
        const early = part?.type === 'text-delta' ? this.#textAt + gatherMs - performance.now() : 0;
        if (part !== undefined && (early <= 0 || this.#waiting.at(-1)?.type !== 'text-delta')) return this.#take(part);
        await this.#sleep(part === undefined ? null : early);
      }
      return null;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  #take(part: RunPart): RunPart {
    this.#waiting.shift();
    if (part.type !== 'text-delta') return part;
    this.#textAt = performance.now();
    let { text } = part;
    for (let next = this.#waiting[0]; next?.type === 'text-delta'; next = this.#waiting[0]) {
      text += next.text;
      this.#waiting.shift();
    }
    return { type: 'text-delta', text };
  }

  /** Until something comes; with a time, until something other than text comes or the time has passed. */
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
