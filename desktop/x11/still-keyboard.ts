import type { Disposable } from '../../contract/disposable.ts';
import type { KeyOutcome } from '../../contract/keys.ts';
import { focusChangeMask, type X11Connection } from './x11-connection.ts';

const replayKeyboard = 5;
const currentTime = 0;
/** FocusIn and FocusOut of a window that only the pointer is in (X11 protocol, chapter 10). */
const byPointer = 5;
/** Longest that the keyboard stands still. */
const longestMs = 300;
/** After Beckon's window has gone the window manager chooses the next one, which is looked for this often. */
const lookEveryMs = 4;

/**
 * The keyboard of the display from the press of a global key on: it stands still until the window that was called has it.
 * The display keeps every key meanwhile and delivers them then, as if they were pressed now.
 */
export class StillKeyboard implements Disposable {
  readonly #x: X11Connection;
  readonly #watched = new Set<number>();
  #limit: NodeJS.Timeout | undefined;
  #release: () => void = () => {};
  #isStill = false;

  constructor(x: X11Connection) {
    this.#x = x;
  }

  /** Whether it stands still now, or is about to go on. */
  get isStill(): boolean {
    return this.#isStill;
  }

  /** A press that means nothing goes to nobody; what follows goes on as it would. */
  async swallow(): Promise<void> {
    (await this.#x.client()).UngrabKeyboard(currentTime);
  }

  /** A press that is not for Beckon goes where it would have gone. */
  async passOn(): Promise<void> {
    (await this.#x.client()).AllowEvents(replayKeyboard, currentTime);
  }

  /** To be called at the press; what it gives is called with where the keys belong, null for wherever they would go. */
  begin(): (outcome: KeyOutcome | null) => Promise<void> {
    this.#release();
    const released = Promise.withResolvers<void>();
    const release = () => {
      clearTimeout(limit);
      if (this.#release === release) {
        this.#release = () => {};
        this.#isStill = false;
      }
      void this.#x.client().then((client) => client.UngrabKeyboard(currentTime));
      released.resolve();
    };
    const limit = setTimeout(release, longestMs);
    this.#limit = limit;
    this.#release = release;
    this.#isStill = true;
    return async (outcome) => {
      const isThere = outcome?.overlay == null ? null : this.#until(outcome.overlay, outcome.visible, released.promise);
      await Promise.race([isThere, released.promise]);
      if (this.#release === release) release();
    };
  }

  dispose(): void {
    clearTimeout(this.#limit);
    this.#release();
  }

  async #until(window: number, visible: boolean, released: Promise<void>): Promise<void> {
    const focused = Promise.withResolvers<void>();
    const end = this.#x.onEvent((event) => {
      if (event.name === 'FocusIn' && event.wid === window && event.detail !== byPointer && visible) focused.resolve();
    });
    void released.then(end);
    if (!this.#watched.has(window)) await this.#x.select(window, focusChangeMask);
    this.#watched.add(window);
    if (!visible) return this.#untilElsewhere(window, released);
    // It may have had the keyboard before it was watched.
    if ((await this.#focus()) !== window) await focused.promise;
  }

  async #untilElsewhere(window: number, released: Promise<void>): Promise<void> {
    let goesOn = true;
    void released.then(() => {
      goesOn = false;
    });
    const root = await this.#x.root();
    while (goesOn) {
      const focus = await this.#focus();
      // 0 and 1 stand for nobody and for whatever is under the pointer.
      if (focus > 1 && focus !== root && focus !== window) return;
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    }
  }

  async #focus(): Promise<number> {
    const client = await this.#x.client();
    return new Promise((resolve) => {
      client.GetInputFocus((error, answer) => resolve(error ? 0 : answer.focus));
    });
  }
}
