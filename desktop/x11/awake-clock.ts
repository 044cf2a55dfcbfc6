import { uptime } from 'node:os';

/** Two clocks that are read one after the other differ by less; a machine that was suspended slept for longer. */
const leastSleepMs = 2000;

export interface Clocks {
  /** Milliseconds since the machine was started, without those in which it was suspended. */
  readonly awakeMs: () => number;
  /** Counts from the start with the times in which the machine slept. */
  readonly sinceStartMs: () => number;
}

const systemClocks: Clocks = {
  awakeMs: () => Number(process.hrtime.bigint() / 1_000_000n),
  sinceStartMs: () => uptime() * 1000,
};

/**
 * The display's clock stands still while the machine is suspended (CLOCK_MONOTONIC on Linux): what it says of a time before
 * that is too little by nobody knows how much.
 */
export class AwakeClock {
  readonly #clocks: Clocks;
  #sleptMs: number;
  #awakeSince: number;

  constructor(clocks: Clocks = systemClocks) {
    this.#clocks = clocks;
    this.#sleptMs = this.#slept();
    this.#awakeSince = this.#sleptMs < leastSleepMs ? 0 : clocks.awakeMs();
  }

  /** For how many milliseconds the display's clock is known to have run without a stop. */
  runningMs(): number {
    const slept = this.#slept();
    const now = this.#clocks.awakeMs();
    if (slept - this.#sleptMs >= leastSleepMs) this.#awakeSince = now;
    this.#sleptMs = slept;
    return now - this.#awakeSince;
  }

  #slept(): number {
    return this.#clocks.sinceStartMs() - this.#clocks.awakeMs();
  }
}
