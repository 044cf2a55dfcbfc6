/**
 * Work on one model file at a time: what is on the same file goes on together, what is on another waits for its end. Else
 * the other model would be loaded between two answers of a list, and write the rest of them.
 */
export class ModelTurns {
  readonly #waiting = new Set<() => void>();
  #path: string | null = null;
  #count = 0;

  /** How much work goes on. */
  get count(): number {
    return this.#count;
  }

  isFree(path: string): boolean {
    return this.#count === 0 || this.#path === path;
  }

  /** Resolves with a function that leaves, once no other file is worked on; with null when `signal` aborts first. */
  async enter(path: string, signal: AbortSignal): Promise<(() => void) | null> {
    while (!signal.aborted && !this.isFree(path)) await this.#change(signal);
    if (signal.aborted) return null;
    this.#path = path;
    this.#count += 1;
    return () => this.#leave();
  }

  async #change(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.add(resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
    await promise;
    this.#waiting.delete(resolve);
  }

  #leave(): void {
    this.#count -= 1;
    if (this.#count === 0) for (const wake of this.#waiting) wake();
  }
}
