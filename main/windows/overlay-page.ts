import type { BrowserWindow } from 'electron';
import { pageOrigin } from '../../contract/bridge.ts';
import type { Disposable } from '../../contract/disposable.ts';
import { Timer } from '../disposable-timer.ts';
import { overlayWidth } from './placement.ts';
import type { WindowRegistry } from './registry.ts';

export interface OverlayPageOptions {
  readonly registry: WindowRegistry;
  readonly platform: NodeJS.Platform;
  /** What is behind it is seen through it, where the system has a compositor. */
  readonly isTransparent: boolean;
  readonly height: () => number;
  readonly onBlur: () => void;
  readonly onFocus: () => void;
  /** The person closed it by the window manager; it lives on. */
  readonly onClosed: () => void;
  readonly onPainted: () => void;
}

/** A page that has not painted itself by then is shown as it is. */
const firstPaintLimitMs = 3000;

/** One window with the overlay's page, made hidden. */
export class OverlayPage implements Disposable {
  readonly window: BrowserWindow;
  readonly #paintTimer = new Timer();
  readonly #onPainted: () => void;
  #isPainted = false;

  constructor({ registry, platform, isTransparent, height, onPainted, ...told }: OverlayPageOptions) {
    this.#onPainted = onPainted;
    this.window = registry.create('overlay', {
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
      ...(isTransparent ? { transparent: true, hasShadow: false } : {}),
      ...(platform === 'darwin' ? { type: 'panel' } : {}),
    });
    this.window.on('blur', told.onBlur);
    this.window.on('focus', told.onFocus);
    this.window.on('close', (event) => {
      // Alt+F4 on the overlay means "go away", not "lose the window that was made ahead".
      event.preventDefault();
      told.onClosed();
    });
    this.window.once('ready-to-show', () => this.#painted());
    this.#paintTimer.set(firstPaintLimitMs, () => this.#painted());
    void this.window.loadURL(`${pageOrigin}/overlay.html`);
  }

  get isPainted(): boolean {
    return this.#isPainted;
  }

  dispose(): void {
    this.#paintTimer.dispose();
    if (!this.window.isDestroyed()) this.window.destroy();
  }

  #painted(): void {
    this.#paintTimer.dispose();
    if (this.#isPainted) return;
    this.#isPainted = true;
    this.#onPainted();
  }
}
