/**
 * The answers to the parts of a text as one: an answer that is ahead of its turn waits, so that the whole grows from its
 * beginning. A part that nothing is written of stays as it is: the whole may take the place of the text, which must lose
 * nothing.
 */
export class PartsInOrder {
  readonly #parts: readonly string[];
  readonly #waiting: string[];
  readonly #ended: boolean[];
  #turn = 0;
  #turnIsWritten = false;
  #written = 0;
  /** Parts as they are, until one is written: a whole of these alone is no answer. */
  #held = '';

  constructor(parts: readonly string[]) {
    this.#parts = parts;
    this.#waiting = parts.map(() => '');
    this.#ended = parts.map(() => false);
  }

  /** How many parts are written to their end, of those whose turn has come. */
  get written(): number {
    return this.#written;
  }

  get hasBegun(): boolean {
    return this.#turn > 0 || this.#turnIsWritten;
  }

  write(index: number, text: string): void {
    this.#waiting[index] += text;
  }

  /** What was written of a part is none of it, as far as its turn has not come. */
  takeBack(index: number): void {
    this.#waiting[index] = '';
  }

  end(index: number): void {
    this.#ended[index] = true;
  }

  /** What has become part of the whole since it was last asked for. */
  take(): string {
    let text = '';
    while (this.#turn < this.#parts.length) {
      const ended = this.#ended[this.#turn] === true;
      this.#turnIsWritten ||= this.#waiting[this.#turn]?.trim() !== '';
      if (this.#turnIsWritten || ended) this.#held += this.#takeTurn(ended);
      if (this.#turnIsWritten || this.#written > 0) {
        text += this.#held;
        this.#held = '';
      }
      if (!ended) break;
      if (this.#turnIsWritten) this.#written += 1;
      this.#turnIsWritten = false;
      this.#turn += 1;
    }
    return text;
  }

  #takeTurn(ended: boolean): string {
    const part = this.#parts[this.#turn] ?? '';
    const text = this.#turnIsWritten ? (this.#waiting[this.#turn] ?? '') : part.trimEnd();
    this.#waiting[this.#turn] = '';
    const isLast = this.#turn === this.#parts.length - 1;
    // The space between two parts belongs to the text.
    return ended && !isLast ? text + part.slice(part.trimEnd().length) : text;
  }
}
