import { app, type BrowserWindow } from 'electron';
import type { Disposable } from '../../contract/disposable.ts';
import { Timer } from '../disposable-timer.ts';
import { BlurWatch } from './blur-watch.ts';
import { LateFocus } from './late-focus.ts';
import { OverlayPlace, type OverlayPlaceOptions } from './overlay-place.ts';
import { OverlayWindow } from './overlay-window.ts';
import type { WindowRegistry } from './registry.ts';

export interface OverlayState {
  readonly visible: boolean;
  readonly shownCount: number;
  readonly fresh: boolean;
  readonly maxHeight: number;
}

export interface OverlayOptions extends Pick<OverlayPlaceOptions, 'draggedPosition' | 'onDragged'> {
  readonly registry: WindowRegistry;
  readonly platform: NodeJS.Platform;
  readonly isPinned: () => boolean;
  /** Whether a mouse button is down anywhere; null where the system does not tell. */
  readonly pointerPressed: () => Promise<boolean | null>;
  readonly onState: (state: OverlayState) => void;
}

/** After this long hidden, the box starts fresh; before, it shows what was there. */
const freshAfterMs = 60_000;
/** A press of the hotkey takes the focus away for a moment; hiding and showing again would look like nothing happened. */
const blurBeforeHotkeyMs = 150;
const publishAfterMs = 17;

/** The overlay as the person calls it and leaves it: shown first, filled after. */
export class Overlay implements Disposable {
  readonly #options: OverlayOptions;
  readonly #freshTimer = new Timer();
  readonly #publishTimer = new Timer();
  readonly #blur: BlurWatch;
  readonly #place: OverlayPlace;
  readonly #lateFocus = new LateFocus(() => !this.window.isDestroyed() && this.window.focus());
  readonly #made: OverlayWindow;
  #holds = 0;
  #blurHiddenAt = 0;
  #publishing = false;
  #state: OverlayState = { visible: false, shownCount: 0, fresh: true, maxHeight: 600 };

  constructor(options: OverlayOptions) {
    this.#options = options;
    this.#blur = new BlurWatch({
      pressed: options.pointerPressed,
      pointerIsInside: () => this.#place.pointerIsInside(),
      onLeft: () => this.#onLeft(),
      onCame: () => this.window.focus(),
    });
    const { draggedPosition, onDragged } = options;
    this.#place = new OverlayPlace({ window: () => this.window, draggedPosition, onDragged });
    this.#made = new OverlayWindow({
      registry: options.registry,
      platform: options.platform,
      height: () => this.#place.height,
      onBlur: () => this.#onBlur(),
      onFocus: () => this.#blur.dispose(),
      onClosed: () => this.hide(),
      onReady: () => this.show(),
    });
  }

  get window(): BrowserWindow {
    return this.#made.window;
  }

  /** X11 window id; null while there is no window. */
  get nativeWindow(): number | null {
    return this.window.isDestroyed() ? null : this.window.getNativeWindowHandle().readUInt32LE(0);
  }

  get visible(): boolean {
    return this.#state.visible;
  }

  toggle(): boolean {
    const justBlurred = Date.now() - this.#blurHiddenAt < blurBeforeHotkeyMs;
    if (this.#state.visible && (this.window.isFocused() || !this.#options.isPinned())) this.hide();
    else if (!justBlurred) this.show();
    return this.#state.visible || this.#made.isCalled;
  }

  /**
   * Nothing is awaited between the key and the window: what it shows was painted before. Only while Beckon is still
   * starting it waits for the first paint, since a window without its page would swallow what is typed.
   */
  show(): void {
    if (!this.#made.call()) return;
    const maxHeight = this.#place.take();
    if (maxHeight !== this.#state.maxHeight) this.#set({ maxHeight });
    if (this.#options.platform === 'win32') {
      this.window.showInactive();
      this.#lateFocus.begin();
    } else {
      this.window.show();
      this.window.focus();
    }
    this.#freshTimer.dispose();
    this.#set({ visible: true, shownCount: this.#state.shownCount + 1 });
  }

  /** Resolves when the window gets the keyboard; after a limit in milliseconds where it has it, or is not told of it. */
  untilFocused(limitMs: number): Promise<void> {
    // There the window waits with the focus for the text.
    if (this.#options.platform === 'win32') return Promise.resolve();
    return new Promise((resolve) => {
      const window = this.window;
      const end = () => {
        clearTimeout(limit);
        window.off('focus', end);
        resolve();
      };
      const limit = setTimeout(end, limitMs);
      window.once('focus', end);
    });
  }

  /** Where the focus tells what is selected, it may be taken now. */
  selectionRead(): void {
    this.#lateFocus.end();
  }

  hide(): void {
    this.#blur.dispose();
    this.#lateFocus.dispose();
    if (!this.#state.visible) return;
    this.#set({ visible: false, fresh: false });
    if (!this.window.isDestroyed()) this.window.hide();
    // macOS gives the focus back to the last application only when the whole app hides.
    if (this.#options.platform === 'darwin' && this.#options.registry.get('main') === null) app.hide();
    // The page empties itself while hidden, so that a fresh box is what the next show paints first.
    this.#freshTimer.set(freshAfterMs, () => this.#set({ fresh: true }));
  }

  /** The person clicked where no window is, which takes the keyboard from nobody. */
  leftByClick(): void {
    if (this.#state.visible && !this.#place.pointerIsInside()) this.#onBlur();
  }

  resize(height: number): void {
    this.#place.resize(height);
  }

  moveBy(x: number, y: number): void {
    this.#place.moveBy(x, y);
  }

  /** While a dialog or menu of ours has the focus, losing it hides nothing. */
  async holdWhile<Value>(work: () => Promise<Value>): Promise<Value> {
    this.#holds += 1;
    try {
      return await work();
    } finally {
      this.#holds -= 1;
    }
  }

  dispose(): void {
    this.#blur.dispose();
    this.#place.dispose();
    this.#lateFocus.dispose();
    this.#freshTimer.dispose();
    this.#publishTimer.dispose();
    this.#made.dispose();
  }

  #onBlur(): void {
    if (!this.#state.visible || this.#options.isPinned() || this.#holds > 0) return;
    if (this.window.webContents.isDevToolsFocused()) return;
    this.#blur.begin();
  }

  #onLeft(): void {
    if (this.#options.isPinned() || this.#holds > 0) return;
    this.#blurHiddenAt = Date.now();
    this.hide();
  }

  #set(patch: Partial<OverlayState>): void {
    this.#state = { ...this.#state, ...patch };
    if (this.#publishing) return;
    this.#publishing = true;
    // The first moments after the key belong to the display and the window manager: pages hear of it a frame later.
    this.#publishTimer.set(publishAfterMs, () => {
      this.#publishing = false;
      this.#options.onState(this.#state);
    });
  }
}
