/** Lets others have their turn: core answers them while long work goes on. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Short enough that nobody notices, long enough that passing it on costs little. */
const turnMs = 10;

/** A turn of work whose pieces take very different times. */
export class Turn {
  #endsAt = performance.now() + turnMs;

  get isOver(): boolean {
    return performance.now() >= this.#endsAt;
  }

  async pass(): Promise<void> {
    await breathe();
    this.#endsAt = performance.now() + turnMs;
  }
}
