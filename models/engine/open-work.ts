/** What goes on in the engine, to tell when that which was aborted has ended: its model is free then. */
export class OpenWork {
  readonly #open = new Map<Promise<void>, AbortSignal>();

  /** Passes parts on and counts them as open work until their end. */
  async *follow<Part>(signal: AbortSignal, parts: AsyncIterable<Part>): AsyncGenerator<Part> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#open.set(promise, signal);
    try {
      yield* parts;
    } finally {
      this.#open.delete(promise);
      resolve();
    }
  }

  /** Resolves when all that is aborted by now has ended. */
  async abortedEnded(): Promise<void> {
    const aborted = [...this.#open].filter(([, signal]) => signal.aborted);
    await Promise.all(aborted.map(([ended]) => ended));
  }
}
