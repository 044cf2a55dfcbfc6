import type { Disposable } from '../../contract/disposable.ts';
import { Timer } from '../disposable-timer.ts';

export interface BlurWatchOptions {
  /** Whether a mouse button is down; null where the system does not tell. */
  readonly pressed: () => Promise<boolean | null>;
  readonly pointerIsInside: () => boolean;
  readonly onLeft: () => void;
  /** The button was released over the window: what was dragged came here. */
  readonly onCame: () => void;
}

const lookEveryMs = 40;
/** Who does not answer by then does not know. */
const answerLimitMs = 200;
/** Longest drag that is waited for. */
const dragLimitMs = 120_000;

/** Why it may be that the person left: the focus went, or there was a click beside the window that takes it from nobody. */
export type SignOfLeaving = 'blur' | 'click';

/**
 * Decides what it means that a window lost the focus. Usually that the person left; while a mouse button is down it may be
 * the beginning of a drag that ends here, which only the release of the button tells.
 */
export class BlurWatch implements Disposable {
  readonly #options: BlurWatchOptions;
  readonly #timer = new Timer();
  #current = 0;
  #sign: SignOfLeaving | null = null;

  constructor(options: BlurWatchOptions) {
    this.#options = options;
  }

  begin(sign: SignOfLeaving): void {
    const strongest = this.#sign === 'click' ? 'click' : sign;
    this.dispose();
    this.#sign = strongest;
    void this.#look(this.#current, performance.now(), false);
  }

  /** Takes back what the loss of the focus said. Against a click it says nothing: the focus that the window got as it was shown may be told of later. */
  focusCame(): void {
    if (this.#sign === 'blur') this.dispose();
  }

  /** Nothing is decided any more: the window is hidden. */
  dispose(): void {
    this.#current += 1;
    this.#sign = null;
    this.#timer.dispose();
  }

  async #look(number: number, since: number, held: boolean): Promise<void> {
    const pressed = await this.#pressed();
    if (number !== this.#current) return;
    if (pressed && performance.now() - since < dragLimitMs) {
      this.#timer.set(lookEveryMs, () => void this.#look(number, since, true));
      return;
    }
    this.#sign = null;
    if (held && this.#options.pointerIsInside()) this.#options.onCame();
    else this.#options.onLeft();
  }

  async #pressed(): Promise<boolean> {
    const limit = new Promise<null>((resolve) => setTimeout(() => resolve(null), answerLimitMs));
    return (await Promise.race([this.#options.pressed().catch(() => null), limit])) === true;
  }
}
