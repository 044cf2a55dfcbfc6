/** The opening mark of a quoted text, whole or as far as it has come. */
const opening = /^\s*"{3,}[ \t]*\n/;
const maybeOpening = /^\s*(?:"{0,2}|"{3,}[ \t]*)$/;
/** What may become the closing mark: it is only told apart at the end. */
const maybeClosing = /\s*"*\s*$/;
const closing = /^\s*"{3,}\s*$/;

/**
 * Takes the marks away that a text was quoted in, when a model writes them around its answer too. Text goes in as it comes
 * and comes out as soon as it is known not to be a mark.
 */
export class MarkFilter {
  #held = '';
  #begun: boolean;
  #opened: boolean;

  /** `goesOn`: the answer has begun already; whether with a mark, nobody knows any more. */
  constructor({ goesOn = false } = {}) {
    this.#begun = goesOn;
    this.#opened = goesOn;
  }

  push(text: string): string {
    this.#held += text;
    if (!this.#begun) {
      if (maybeOpening.test(this.#held)) return '';
      const mark = opening.exec(this.#held)?.[0] ?? '';
      this.#opened = mark !== '';
      this.#held = this.#held.slice(mark.length);
      this.#begun = true;
    }
    if (!this.#opened) return this.#release(this.#held.length);
    return this.#release(this.#held.length - (maybeClosing.exec(this.#held)?.[0].length ?? 0));
  }

  /** What was held back and turned out to be text. */
  end(): string {
    const rest = this.#held;
    this.#held = '';
    return this.#opened && closing.test(rest) ? '' : rest;
  }

  #release(length: number): string {
    const text = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    return text;
  }
}
