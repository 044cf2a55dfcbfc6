/** The rate is taken over this time, so that it neither jumps nor lags. */
const rateMs = 3000;
/** Points nearer than this tell nothing more. */
const apartMs = 50;

interface Point {
  readonly at: number;
  readonly amount: number;
}

/** How fast an amount grows, and when it will reach its total. Times in milliseconds, amounts in any unit. */
export class Pace {
  #points: Point[] = [];
  #latest: Point | null = null;

  add(at: number, amount: number): void {
    // What was done is done anew: what was known of the speed was about something else.
    if (this.#latest !== null && amount < this.#latest.amount) this.#points = [];
    this.#latest = { at, amount };
    if (at - (this.#points.at(-1)?.at ?? Number.NEGATIVE_INFINITY) >= apartMs) this.#points.push(this.#latest);
    while ((this.#points[0]?.at ?? at) < at - rateMs) this.#points.shift();
  }

  /** Units a second; 0 when nothing is known yet. */
  get rate(): number {
    const [first] = this.#points;
    const latest = this.#latest;
    if (first === undefined || latest === null || latest.at <= first.at) return 0;
    return ((latest.amount - first.amount) * 1000) / (latest.at - first.at);
  }

  /** Milliseconds until an amount reaches a total; null when that cannot be told. */
  leftMs(amount: number, total: number | null): number | null {
    const { rate } = this;
    if (total === null) return null;
    if (amount >= total) return 0;
    return rate > 0 ? Math.round(((total - amount) * 1000) / rate) : null;
  }
}
