/** Drafted tokens at a time: with the one before them multiples of four, which the arithmetic likes best. */
const lengths = [3, 7, 15] as const;
/** Tokens written one by one at the beginning, to know what one costs. */
const plainFirst = 2;
/** Steps that are looked back on. */
const lookBack = 6;
const restTokens = 16;

/**
 * How many tokens to draft: more while all are accepted, fewer after a miss, none while drafting is slower than writing
 * token by token, which is measured as it goes.
 */
export class DraftPace {
  #level = 1;
  #plainSteps = 0;
  #plainMs = 0;
  readonly #recent: { readonly ms: number; readonly tokens: number }[] = [];
  #rest = 0;
  #restFor = restTokens;

  get length(): number {
    if (this.#plainSteps < plainFirst || this.#rest > 0) return 0;
    return lengths[this.#level] ?? 0;
  }

  /** One step: its time, how many tokens were drafted, and how many came of it. */
  took(ms: number, drafted: number, tokens: number): void {
    if (drafted === 0) {
      this.#plainSteps += 1;
      this.#plainMs = this.#plainSteps === 1 ? ms : Math.min(this.#plainMs, ms);
      this.#rest = Math.max(0, this.#rest - tokens);
      return;
    }
    this.#level = this.#nextLevel(drafted, tokens);
    this.#recent.push({ ms, tokens });
    if (this.#recent.length < lookBack) return;
    if (this.#recent.length > lookBack) this.#recent.shift();
    const sum = (key: 'ms' | 'tokens') => this.#recent.reduce((total, step) => total + step[key], 0);
    if (sum('ms') <= this.#plainMs * sum('tokens')) return;
    // Each further rest is longer, so that a text with nothing to follow costs next to nothing.
    this.#rest = this.#restFor;
    this.#restFor *= 4;
    this.#recent.length = 0;
    this.#level = 0;
  }

  #nextLevel(drafted: number, tokens: number): number {
    if (tokens > drafted) return Math.min(lengths.length - 1, this.#level + 1);
    return tokens <= drafted / 2 ? Math.max(0, this.#level - 1) : this.#level;
  }
}
