import type { Disposable } from '../../contract/disposable.ts';
import { HeldUp } from './held-up.ts';

const tickMs = 250;
/** Where the system does not tell how long a process waits for a processor, it is given so many times as long. */
const factorUntold = 3;

/**
 * Waits for a sign of life of a process, and calls `onOver` once when none came for as long as `limitMs` says now. Only time
 * counts in which the process could have given one: not while the machine slept, nor while it was busy with other work.
 */
export class Patience implements Disposable {
  readonly #timer: NodeJS.Timeout;
  #silentMs = 0;

  constructor(processId: number | null, limitMs: () => number, onOver: () => void) {
    const heldUp = processId === null ? null : new HeldUp(processId);
    this.#timer = setInterval(() => {
      const heldUpMs = heldUp?.sinceLast() ?? null;
      this.#silentMs += heldUpMs === null ? tickMs / factorUntold : Math.max(0, tickMs - heldUpMs);
      if (this.#silentMs < limitMs()) return;
      this.dispose();
      onOver();
    }, tickMs);
    this.#timer.unref();
  }

  /** How long nothing was heard, in milliseconds that count. */
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
