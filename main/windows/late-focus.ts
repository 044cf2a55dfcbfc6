import type { Disposable } from '../../contract/disposable.ts';
import { Timer } from '../disposable-timer.ts';

/** A reading takes some 10 ms; an application that is slower is not waited for, since the person begins to type. */
const longestMs = 100;

/**
 * Windows tells selected text only of the place that has the focus (UI Automation): the overlay comes without it, and takes
 * it once the text was looked for.
 */
export class LateFocus implements Disposable {
  readonly #timer = new Timer();
  readonly #focus: () => unknown;
  #waiting = false;

  constructor(focus: () => unknown) {
    this.#focus = focus;
  }

  /** The window was shown without the focus. */
  begin(): void {
    this.#waiting = true;
    this.#timer.set(longestMs, () => this.end());
  }

  /** The text was looked for: takes the focus, once for each time the window was shown. */
  end(): void {
    if (!this.#waiting) return;
    this.dispose();
    this.#focus();
  }

  dispose(): void {
    this.#waiting = false;
    this.#timer.dispose();
  }
}
