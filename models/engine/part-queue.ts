/** Things that come by callback, read as a loop. Nothing is lost; after `end` what is left is still read. */
export class PartQueue<Part> implements AsyncIterable<Part> {
  readonly #parts: Part[] = [];
  #ended = false;
  #wake: (() => void) | null = null;

  push(part: Part): void {
    if (this.#ended) return;
    this.#parts.push(part);
    this.#wake?.();
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Part> {
    while (true) {
      while (this.#parts.length > 0) yield this.#parts.shift() as Part;
      if (this.#ended) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = null;
    }
  }
}
