import { BrowserWindow, type BrowserWindowConstructorOptions } from 'electron';
import type { Disposable } from '../../contract/disposable.ts';

export type WindowKind = 'overlay' | 'main';

/** The only place that makes windows, so that each of them has the same locks. `tests/arch` counts them. */
export class WindowRegistry implements Disposable {
  readonly #preload: string;
  readonly #windows = new Map<WindowKind, BrowserWindow>();
  readonly #onCreated: (window: BrowserWindow, kind: WindowKind) => void;

  constructor(preload: string, onCreated: (window: BrowserWindow, kind: WindowKind) => void) {
    this.#preload = preload;
    this.#onCreated = onCreated;
  }

  create(kind: WindowKind, options: BrowserWindowConstructorOptions): BrowserWindow {
    const window = new BrowserWindow({
      ...options,
      show: false,
      webPreferences: {
        preload: this.#preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        webviewTag: false,
        spellcheck: false,
        navigateOnDragDrop: false,
        // Throttling stays on: a hidden page must cost nothing.
        backgroundThrottling: true,
      },
    });
    this.#windows.set(kind, window);
    window.on('closed', () => {
      if (this.#windows.get(kind) === window) this.#windows.delete(kind);
    });
    this.#onCreated(window, kind);
    return window;
  }

  /**
   * A window that is never shown, for a page that is only printed: no script runs in it, and it has no bridge. Who asked for
   * it destroys it.
   */
  createUnseen(partition: string): BrowserWindow {
    return new BrowserWindow({
      show: false,
      webPreferences: { partition, javascript: false, sandbox: true, contextIsolation: true, spellcheck: false },
    });
  }

  get(kind: WindowKind): BrowserWindow | null {
    const window = this.#windows.get(kind);
    return window === undefined || window.isDestroyed() ? null : window;
  }

  /** The kind of a window by its contents' id; null when it is none of ours. */
  kindOf(webContentsId: number): WindowKind | null {
    for (const [kind, window] of this.#windows) {
      if (!window.isDestroyed() && window.webContents.id === webContentsId) return kind;
    }
    return null;
  }

  dispose(): void {
    for (const window of this.#windows.values()) if (!window.isDestroyed()) window.destroy();
    this.#windows.clear();
  }
}
