type Detokenise = (tokens: readonly number[], before: readonly number[]) => string;

/** Tokens a character of any script can be spread over, with room to spare; longer runs are let through as they are. */
const longestRun = 12;
const contextTokens = 8;

/** Text of tokens as they come, never ending in half a character: a run is held until it decodes cleanly. */
export class TokenText {
  readonly #detokenise: Detokenise;
  #held: number[] = [];
  #before: readonly number[];

  /** `before`: the tokens that the first one follows in the same text. */
  constructor(detokenise: Detokenise, before: readonly number[] = []) {
    this.#detokenise = detokenise;
    this.#before = before.slice(-contextTokens);
  }

  push(token: number): string {
    this.#held.push(token);
    const text = this.#detokenise(this.#held, this.#before);
    if (text.endsWith('\uFFFD') && this.#held.length < longestRun) return '';
    return this.#release(text);
  }

  end(): string {
    return this.#held.length === 0 ? '' : this.#release(this.#detokenise(this.#held, this.#before));
  }

  #release(text: string): string {
    this.#before = [...this.#before, ...this.#held].slice(-contextTokens);
    this.#held = [];
    return text;
  }
}
