import type { Disposable } from '../../contract/disposable.ts';

const tickMs = 250;

/**
 * Waits for a sign of life, and calls `onOver` once when none came for as long as `limitMs` says now. Time is counted in
 * short ticks: a machine that slept, or that had no time for the one who waits, is not taken for a silence.
 */
export class Patience implements Disposable {
  readonly #timer: NodeJS.Timeout;
  #silentMs = 0;

  constructor(limitMs: () => number, onOver: () => void) {
    this.#timer = setInterval(() => {
      this.#silentMs += tickMs;
      if (this.#silentMs < limitMs()) return;
      this.dispose();
      onOver();
    }, tickMs);
    this.#timer.unref();
  }

  /** How long nothing was heard, in milliseconds. */
  get silentMs(): number {
    return this.#silentMs;
  }

  heard(): void {
    this.#silentMs = 0;
  }

  dispose(): void {
    clearInterval(this.#timer);
  }
}
