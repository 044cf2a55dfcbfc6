export interface SteppedWindow {
  readonly visible: () => boolean;
  /** Shows it, with the keyboard, though the person did not call it. */
  readonly comeBack: () => void;
  readonly hide: () => void;
}

/** Whether the person goes on with something else while the window is away. */
export interface WatchedPerson {
  readonly watch: () => void;
  /** Ends the watch; null where nobody can tell. */
  readonly wentOn: () => Promise<boolean | null>;
}

export interface StepAsideOptions {
  readonly window: SteppedWindow;
  readonly person: WatchedPerson;
  /** Says, without the keyboard, that there is something to read in the window. */
  readonly sayWaiting: () => void;
}

/** Who does not answer by then, in milliseconds, cannot tell. */
const answerLimitMs = 300;

/**
 * The overlay while core writes into another application: it goes for that, and is back where there is something to read. A
 * person who went on meanwhile keeps the keyboard: what they type would go into a window that they did not call.
 */
export class StepAside {
  readonly #options: StepAsideOptions;
  /** Counts up with each time that it goes; null while it is not away for that. */
  #aside: number | null = null;
  #times = 0;

  constructor(options: StepAsideOptions) {
    this.#options = options;
  }

  begin(): void {
    this.#times += 1;
    this.#aside = this.#times;
    this.#options.window.hide();
    this.#options.person.watch();
  }

  async finish(how: 'away' | 'back'): Promise<void> {
    const { window, sayWaiting } = this.#options;
    const was = this.#aside;
    this.#aside = null;
    if (was === null) {
      // Nothing is brought that did not go: who put it away since then reads it at their next call.
      if (how === 'away') window.hide();
      return;
    }
    const wentOn = await this.#wentOn();
    // The person may have called it meanwhile, and is writing in it.
    if (how === 'away' || window.visible() || this.#aside !== null) return;
    if (wentOn) sayWaiting();
    else window.comeBack();
  }

  /** Core died, and will not finish what the window went for. */
  coreEnded(): void {
    if (this.#aside !== null) void this.finish('back');
  }

  async #wentOn(): Promise<boolean> {
    let limit: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      limit = setTimeout(() => resolve(null), answerLimitMs);
    });
    const answer = await Promise.race([this.#options.person.wentOn().catch(() => null), late]);
    clearTimeout(limit);
    return answer === true;
  }
}
