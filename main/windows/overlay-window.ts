import type { BrowserWindow } from 'electron';
import { pageOrigin } from '../../contract/bridge.ts';
import type { Disposable } from '../../contract/disposable.ts';
import { Timer } from '../disposable-timer.ts';
import { overlayWidth } from './placement.ts';
import type { WindowRegistry } from './registry.ts';

export interface OverlayWindowOptions {
  readonly registry: WindowRegistry;
  readonly platform: NodeJS.Platform;
  readonly height: () => number;
  readonly onBlur: () => void;
  readonly onFocus: () => void;
  /** The person closed it by the window manager; it lives on. */
  readonly onClosed: () => void;
  /** It was called while its page was not there yet, and can be shown now. */
  readonly onReady: () => void;
}

/** A page that has not painted itself by then is shown as it is. */
const firstPaintLimitMs = 3000;

/** The window of the overlay: made hidden, and ready once its page has painted its input, which takes keys from then on. */
export class OverlayWindow implements Disposable {
  readonly #options: OverlayWindowOptions;
  readonly #paintTimer = new Timer();
  #page: 'loading' | 'called' | 'painted' = 'loading';
  #window: BrowserWindow;

  constructor(options: OverlayWindowOptions) {
    this.#options = options;
    this.#window = this.#create();
  }

  get window(): BrowserWindow {
    return this.#window;
  }

  /** Whether it was called before it could be shown. */
  get isCalled(): boolean {
    return this.#page === 'called';
  }

  /** Whether it can be shown now; if not, `onReady` follows. One that was destroyed is made anew. */
  call(): boolean {
    if (this.#window.isDestroyed()) this.#window = this.#create();
    if (this.#page === 'painted') return true;
    this.#page = 'called';
    return false;
  }

  dispose(): void {
    this.#paintTimer.dispose();
    if (!this.#window.isDestroyed()) this.#window.destroy();
  }

  #create(): BrowserWindow {
    const { registry, platform, height, onBlur, onFocus, onClosed } = this.#options;
    const window = registry.create('overlay', {
      width: overlayWidth,
      height: height(),
      frame: false,
      resizable: false,
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      skipTaskbar: true,
      alwaysOnTop: true,
      title: 'Beckon',
      ...(platform === 'darwin' ? { type: 'panel' } : {}),
    });
    window.on('blur', onBlur);
    window.on('focus', onFocus);
    window.on('close', (event) => {
      // Alt+F4 on the overlay means "go away", not "lose the window that was made ahead".
      event.preventDefault();
      onClosed();
    });
    this.#page = 'loading';
    window.once('ready-to-show', () => this.#onPainted());
    this.#paintTimer.set(firstPaintLimitMs, () => this.#onPainted());
    void window.loadURL(`${pageOrigin}/overlay.html`);
    return window;
  }

  #onPainted(): void {
    this.#paintTimer.dispose();
    const { isCalled } = this;
    this.#page = 'painted';
    if (isCalled) this.#options.onReady();
  }
}
