/** How far from where it was expected a token is looked for, in tokens. */
const window = 10;
/** A match whose token before does not match too counts as so much farther away. */
const strangerCost = 4;

/**
 * Follows an answer that repeats a text with small changes, token by token, and knows where in the text it goes on: past a
 * word that was left out, at the same place after one that was put in, at the next word after one that was replaced.
 */
export class EditPointer {
  readonly #source: readonly number[];
  readonly #startsWord: (index: number) => boolean;
  #at = 0;
  #before: number | null = null;
  #ownWord = false;

  /** `startsWord` tells of a token of the text, by its place, whether a word begins with it. */
  constructor(source: readonly number[], startsWord: (index: number) => boolean) {
    this.#source = source;
    this.#startsWord = startsWord;
  }

  /** What the answer goes on with if it repeats the text from here; shorter at the text's end. */
  draft(count: number): readonly number[] {
    return this.#source.slice(this.#at, this.#at + count);
  }

  /** Told of each token of the answer, drafted or not. */
  advance(token: number): void {
    const found = this.#source[this.#at] === token ? this.#at : this.#nearest(token);
    if (found !== null) {
      this.#at = found + 1;
      this.#ownWord = false;
    } else if (!this.#ownWord) {
      this.#at = this.#nextWord();
      this.#ownWord = true;
    }
    this.#before = token;
  }

  #nearest(token: number): number | null {
    let best: number | null = null;
    let least = window;
    for (let index = Math.max(0, this.#at - window); index <= this.#at + window; index += 1) {
      if (this.#source[index] !== token) continue;
      const known = this.#source[index - 1] === this.#before;
      const cost = Math.abs(index - this.#at) + (known ? 0 : strangerCost);
      if (cost < least) [best, least] = [index, cost];
    }
    return best;
  }

  #nextWord(): number {
    let index = this.#at + 1;
    while (index < this.#source.length && !this.#startsWord(index)) index += 1;
    return index;
  }
}
