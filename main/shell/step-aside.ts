export interface SteppedWindow {
  readonly visible: () => boolean;
  readonly show: () => void;
  readonly hide: () => void;
}

/** The overlay while core writes into another application: it goes for that, and is back where there is something to read. */
export class StepAside {
  readonly #window: SteppedWindow;
  #isAside = false;

  constructor(window: SteppedWindow) {
    this.#window = window;
  }

  begin(): void {
    this.#isAside = true;
    this.#window.hide();
  }

  finish(how: 'away' | 'back'): void {
    this.#isAside = false;
    if (how === 'away') this.#window.hide();
    // The person may have called it meanwhile.
    else if (!this.#window.visible()) this.#window.show();
  }

  /** Core died, and will not finish what the window went for. */
  coreEnded(): void {
    if (this.#isAside) this.finish('back');
  }
}
