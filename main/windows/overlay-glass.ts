import type { BrowserWindow } from 'electron';
import { noRoom, type Room, shadowRoom } from './placement.ts';

export interface OverlayGlassOptions {
  readonly window: () => BrowserWindow;
  readonly isVisible: () => boolean;
  /** Gives a window room for a shadow; false where the display says that nothing can be seen through it. */
  readonly giveRoom: (window: BrowserWindow, room: Room) => Promise<boolean>;
  /** Makes a transparent window beside the overlay's and takes it in its place if it is accepted. */
  readonly replace: (accepted: (window: BrowserWindow) => Promise<boolean>) => Promise<boolean>;
  /** Round corners with a shadow from then on, or square ones and a hairline. */
  readonly onChange: (isComposited: boolean) => void;
}

/**
 * Whether the overlay is drawn over what is behind it. A window becomes transparent only as it is made, so that one is made
 * anew when a compositor comes: while it is hidden and nothing is in it that a new page would not have.
 */
export class OverlayGlass {
  readonly #options: OverlayGlassOptions;
  #isRunning = false;
  #isComposited = false;
  #isResting = false;
  #isBusy = false;
  #isAsked = false;
  /** Whether the process that asks the display knows of the window's room. */
  #isKnown = false;
  /** The window was made anew for this compositor, and could not be seen through: the runtime looked for one at its start alone. */
  #isInVain = false;

  constructor(options: OverlayGlassOptions) {
    this.#options = options;
  }

  get room(): Room {
    return this.#isComposited ? shadowRoom : noRoom;
  }

  /** Said by the process that watches for it, at its start too: then it knows of no window. */
  compositorChanged(isRunning: boolean): void {
    this.#isRunning = isRunning;
    this.#isInVain = false;
    this.#isKnown = false;
    // At once, also while it is visible: what nobody draws through is black.
    if (!isRunning) this.#become(false);
    this.consider();
  }

  /** Whether the page holds nothing that a new one would not have. */
  rest(isResting: boolean): void {
    this.#isResting = isResting;
    this.consider();
  }

  /** Looks whether there is something to change; to be called when the overlay has been hidden. */
  consider(): void {
    if (!this.#mayChange() || this.#isKnown || this.#isInVain) return;
    this.#isAsked = true;
    if (!this.#isBusy) void this.#work();
  }

  /** One change after another; what is asked for meanwhile is looked at again. */
  async #work(): Promise<void> {
    this.#isBusy = true;
    while (this.#isAsked && this.#mayChange() && !this.#isKnown && !this.#isInVain) {
      this.#isAsked = false;
      await this.#change();
    }
    this.#isBusy = false;
  }

  async #change(): Promise<void> {
    const { window, giveRoom, replace } = this.#options;
    // The window of an earlier compositor can be seen through still.
    if (await giveRoom(window(), shadowRoom)) return this.#settle();
    if (!this.#isResting) return;
    const accepted = async (next: BrowserWindow) => {
      if (!(await giveRoom(next, shadowRoom))) this.#isInVain = true;
      return !this.#isInVain && this.#isResting && this.#mayChange();
    };
    if (await replace(accepted)) this.#settle();
  }

  /** The window has room by now. */
  #settle(): void {
    this.#isKnown = this.#isRunning;
    if (this.#mayChange()) this.#become(true);
    else if (!this.#isComposited) this.#takeRoom();
  }

  #mayChange(): boolean {
    return this.#isRunning && !this.#options.isVisible();
  }

  #become(isComposited: boolean): void {
    if (this.#isComposited === isComposited) return;
    this.#isComposited = isComposited;
    if (!isComposited) this.#takeRoom();
    this.#options.onChange(isComposited);
  }

  #takeRoom(): void {
    this.#isKnown = false;
    void this.#options.giveRoom(this.#options.window(), noRoom);
  }
}
