import type { BrowserWindow } from 'electron';
import type { Disposable } from '../../contract/disposable.ts';
import { OverlayPage, type OverlayPageOptions } from './overlay-page.ts';

export interface OverlayWindowOptions extends Omit<OverlayPageOptions, 'isTransparent' | 'onPainted'> {
  /** It was called while its page was not there yet, and can be shown now. */
  readonly onReady: () => void;
}

/** The window of the overlay: made hidden, and ready once its page has painted its input, which takes keys from then on. */
export class OverlayWindow implements Disposable {
  readonly #options: OverlayWindowOptions;
  #page: OverlayPage;
  #next: OverlayPage | null = null;
  #isCalled = false;

  constructor(options: OverlayWindowOptions) {
    this.#options = options;
    this.#page = this.#create(false);
  }

  get window(): BrowserWindow {
    return this.#page.window;
  }

  /** Whether it was called before it could be shown. */
  get isCalled(): boolean {
    return this.#isCalled;
  }

  /** Whether it can be shown now; if not, `onReady` follows. One that was destroyed is made anew. */
  call(): boolean {
    if (this.window.isDestroyed()) this.#page = this.#create(false);
    this.#isCalled = !this.#page.isPainted;
    return this.#page.isPainted;
  }

  /**
   * Makes a transparent window beside this one, hidden, and takes it in its place if it is `accepted` once it is painted.
   * There are two of them for that long only; answers whether it was taken.
   */
  async replace(accepted: (window: BrowserWindow) => Promise<boolean>): Promise<boolean> {
    const next = await new Promise<OverlayPage>((resolve) => {
      const page = this.#create(true, () => resolve(page));
      this.#next = page;
    });
    this.#next = null;
    // Beckon may have quit meanwhile.
    if (!next.window.isDestroyed() && (await accepted(next.window)) && !next.window.isDestroyed()) {
      const before = this.#page;
      this.#page = next;
      before.dispose();
      return true;
    }
    next.dispose();
    return false;
  }

  dispose(): void {
    this.#page.dispose();
    this.#next?.dispose();
  }

  #create(isTransparent: boolean, onPainted: () => void = () => this.#onPainted()): OverlayPage {
    return new OverlayPage({ ...this.#options, isTransparent, onPainted });
  }

  #onPainted(): void {
    if (!this.#isCalled) return;
    this.#isCalled = false;
    this.#options.onReady();
  }
}
