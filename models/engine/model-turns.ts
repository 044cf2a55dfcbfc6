/**
 * Work on one model file at a time, else another model would be loaded between two answers of a list, and write the rest
 * of them. What is on the same file goes on together, also what comes later: it goes ahead of who waits with another file,
 * who waits until nothing is left on this one, for as long as that takes. A queue would let work that begins more work on
 * its file, as a run in parts does, wait for itself.
 */
export class ModelTurns {
  readonly #waiting = new Set<() => void>();
  #path: string | null = null;
  #count = 0;

  /** How much work goes on. */
  get count(): number {
    return this.#count;
  }

  /** Whether somebody waits until the work on another file is over. */
  get isWaitedFor(): boolean {
    return this.#waiting.size > 0;
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
