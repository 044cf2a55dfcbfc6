/** A fair line for one resource: first come, first served; who gives up while waiting is skipped. */
export class FairQueue {
  readonly #waiting: { readonly enter: () => void; readonly onMoved: (ahead: number) => void }[] = [];
  #busy = false;

  /** How many would be ahead of a newcomer. */
  get length(): number {
    return this.#waiting.length + (this.#busy ? 1 : 0);
  }

  /**
   * Resolves with a function that leaves, once it is one's turn; with null when `signal` aborts first.
   * `onMoved` tells how many are still ahead.
   */
  async enter(signal: AbortSignal, onMoved: (ahead: number) => void): Promise<(() => void) | null> {
    if (signal.aborted) return null;
    if (!this.#busy) {
      this.#busy = true;
      return () => this.#leave();
    }
    return new Promise((resolve) => {
      const entry = {
        enter: () => {
          signal.removeEventListener('abort', giveUp);
          resolve(() => this.#leave());
        },
        onMoved,
      };
      const giveUp = () => {
        const index = this.#waiting.indexOf(entry);
        if (index < 0) return;
        this.#waiting.splice(index, 1);
        this.#tellPositions();
        resolve(null);
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.#waiting.push(entry);
      onMoved(this.#waiting.length);
    });
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#busy = false;
    else next.enter();
    this.#tellPositions();
  }

  #tellPositions(): void {
    for (const [index, entry] of this.#waiting.entries()) entry.onMoved(index + 1);
  }
}
