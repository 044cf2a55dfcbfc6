import type { Disposable } from '../../contract/disposable.ts';

/**
 * Drawing takes processor time from the model that writes: on two cores, where the model needs both, each picture costs it
 * half a token. Four a second keep up with anyone who reads; where cores are left over, an answer flows.
 */
const leastMsBetween = navigator.hardwareConcurrency <= 2 ? 250 : navigator.hardwareConcurrency <= 4 ? 125 : 60;

const afterFirstPictureMs = 40;

/** Draws what changes often, at most every so many milliseconds, and never while the page is hidden. */
export class Pictures implements Disposable {
  readonly #draw: () => void;
  #frame: number | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #shownAt = Number.NEGATIVE_INFINITY;

  constructor(draw: () => void) {
    this.#draw = draw;
    document.addEventListener('visibilitychange', this.#onVisibility);
  }

  drawSoon(): void {
    if (this.#frame !== null || this.#timer !== null) return;
    const wait = this.#shownAt + leastMsBetween - performance.now();
    if (wait <= 0) this.#askForFrame();
    else this.#askAfter(wait);
  }

  dispose(): void {
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#dropFrame();
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  // What comes while the page is hidden is drawn after it was shown, not in its first picture, which would wait for it.
  #askForFrame(): void {
    if (document.hidden) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = null;
      this.#shownAt = performance.now();
      this.#draw();
    });
  }

  #askAfter(ms: number): void {
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#askForFrame();
    }, ms);
  }

  #dropFrame(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
  }

  readonly #onVisibility = (): void => {
    this.#dropFrame();
    if (!document.hidden && this.#timer === null) this.#askAfter(afterFirstPictureMs);
  };
}
