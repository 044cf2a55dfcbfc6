import { BrowserWindow, type BrowserWindowConstructorOptions } from 'electron';
import type { Disposable } from '../../contract/disposable.ts';

export type WindowKind = 'overlay' | 'main';

/** The only place that makes windows, so that each of them has the same locks. `tests/arch` counts them. */
export class WindowRegistry implements Disposable {
  readonly #preload: string;
  /** The newest last: while the overlay is made anew there are two of its kind. */
  readonly #windows = new Map<BrowserWindow, WindowKind>();
  readonly #notes = new Set<BrowserWindow>();
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
    this.#windows.set(window, kind);
    window.on('closed', () => this.#windows.delete(window));
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

  /** A window that is never shown, for a page of ours that is drawn as a picture: it has no bridge. Who asked for it destroys it. */
  createDrawn(width: number): BrowserWindow {
    return new BrowserWindow({
      show: false,
      ...{ width, height: 800, frame: false, skipTaskbar: true },
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        spellcheck: false,
        // A window that is never shown draws nothing otherwise, and a picture of it never comes.
        offscreen: true,
      },
    });
  }

  /** A window that says something for a moment: it has no bridge, and no window manager gives it the keyboard. */
  createNote(options: BrowserWindowConstructorOptions): BrowserWindow {
    const window = new BrowserWindow({
      ...options,
      ...{ show: false, frame: false, resizable: false, focusable: false, skipTaskbar: true, alwaysOnTop: true },
      ...(process.platform === 'linux' ? { type: 'notification' } : {}),
      webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, spellcheck: false },
    });
    window.setIgnoreMouseEvents(true);
    // Its title is what it says: the page's own never counts.
    window.on('page-title-updated', (event) => event.preventDefault());
    this.#notes.add(window);
    window.on('closed', () => this.#notes.delete(window));
    return window;
  }

  get(kind: WindowKind): BrowserWindow | null {
    const windows = [...this.#windows].filter(([window, itsKind]) => itsKind === kind && !window.isDestroyed());
    return windows.at(-1)?.[0] ?? null;
  }

  /** The kind of a window by its contents' id; null when it is none of ours. */
  kindOf(webContentsId: number): WindowKind | null {
    for (const [window, kind] of this.#windows) {
      if (!window.isDestroyed() && window.webContents.id === webContentsId) return kind;
    }
    return null;
  }

  dispose(): void {
    for (const window of [...this.#windows.keys(), ...this.#notes]) if (!window.isDestroyed()) window.destroy();
    this.#windows.clear();
  }
}
