import type { TextFilter } from './text-filter.ts';

/**
 * Keeps the half word that a broken off answer ended with: it is written anew, and comes back where nothing is written
 * instead.
 */
export class HalfWord implements TextFilter {
  readonly #word: string;
  #isReplaced = false;

  /** `word`: empty where the answer begins, or ended with a whole word. */
  constructor(word: string) {
    this.#word = word;
  }

  push(text: string): string {
    this.#isReplaced ||= text !== '';
    return text;
  }

  end(): string {
    const word = this.#isReplaced ? '' : this.#word;
    this.#isReplaced = true;
    return word;
  }

  restart(): void {
    this.#isReplaced = false;
  }
}
