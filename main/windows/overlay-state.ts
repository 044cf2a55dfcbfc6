import type { Disposable } from '../../contract/disposable.ts';
import { Timer } from '../disposable-timer.ts';

export interface OverlayState {
  readonly visible: boolean;
  readonly shownCount: number;
  readonly fresh: boolean;
  readonly newChats: number;
  readonly maxHeight: number;
  readonly composited: boolean;
}

const publishAfterMs = 17;

/** What pages are told of the overlay: a frame later, since the first moments after the key belong to the display. */
export class PublishedOverlayState implements Disposable {
  readonly #onState: (state: OverlayState) => void;
  readonly #timer = new Timer();
  #isPublishing = false;
  #value: OverlayState = {
    visible: false,
    shownCount: 0,
    fresh: true,
    newChats: 0,
    maxHeight: 600,
    composited: false,
  };

  constructor(onState: (state: OverlayState) => void) {
    this.#onState = onState;
  }

  get value(): OverlayState {
    return this.#value;
  }

  update(patch: Partial<OverlayState>): void {
    this.#value = { ...this.#value, ...patch };
    if (this.#isPublishing) return;
    this.#isPublishing = true;
    this.#timer.set(publishAfterMs, () => {
      this.#isPublishing = false;
      this.#onState(this.#value);
    });
  }

  dispose(): void {
    this.#timer.dispose();
  }
}
