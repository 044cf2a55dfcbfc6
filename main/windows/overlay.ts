import { app, type BrowserWindow, screen } from 'electron';
import { pageOrigin } from '../../contract/bridge.ts';
import type { Disposable } from '../../contract/disposable.ts';
import { Timer } from '../disposable-timer.ts';
import { BlurWatch } from './blur-watch.ts';
import { DisplayWatch } from './display-watch.ts';
import { LateFocus } from './late-focus.ts';
import { barHeight, overlayBounds, overlayMaxHeight, overlayOrigin, overlayWidth } from './placement.ts';
import type { WindowRegistry } from './registry.ts';

export interface OverlayState {
  readonly visible: boolean;
  readonly shownCount: number;
  readonly fresh: boolean;
  readonly maxHeight: number;
}

export interface OverlayOptions {
  readonly registry: WindowRegistry;
  readonly platform: NodeJS.Platform;
  readonly isPinned: () => boolean;
  readonly draggedPosition: (displayId: string) => { x: number; y: number } | undefined;
  readonly onDragged: (displayId: string, position: { x: number; y: number }) => void;
  /** Whether a mouse button is down anywhere; null where the system does not tell. */
  readonly pointerPressed: () => Promise<boolean | null>;
  readonly onState: (state: OverlayState) => void;
}

/** After this long hidden, the box starts fresh; before, it shows what was there. */
const freshAfterMs = 60_000;
/** A press of the hotkey takes the focus away for a moment; hiding and showing again would look like nothing happened. */
const blurBeforeHotkeyMs = 150;
const publishAfterMs = 17;
/** A page that has not painted itself by then is shown as it is. */
const firstPaintLimitMs = 3000;

/** The overlay window: made hidden at start, never made anew while it lives, shown first and filled after. */
export class Overlay implements Disposable {
  readonly #options: OverlayOptions;
  readonly #freshTimer = new Timer();
  readonly #dragTimer = new Timer();
  readonly #paintTimer = new Timer();
  readonly #publishTimer = new Timer();
  readonly #blur: BlurWatch;
  readonly #displays = new DisplayWatch();
  readonly #lateFocus = new LateFocus(() => !this.#window.isDestroyed() && this.#window.focus());
  /** Whether the page has painted its input, which takes keys from then on; `called` when it was to be shown before. */
  #page: 'loading' | 'called' | 'painted' = 'loading';
  #window: BrowserWindow;
  #height = barHeight;
  #holds = 0;
  #blurHiddenAt = 0;
  #publishing = false;
  #origin = { x: 0, y: 0 };
  #state: OverlayState = { visible: false, shownCount: 0, fresh: true, maxHeight: 600 };

  constructor(options: OverlayOptions) {
    this.#options = options;
    this.#blur = new BlurWatch({
      pressed: options.pointerPressed,
      pointerIsInside: () => this.#pointerIsInside(),
      onLeft: () => this.#onLeft(),
      onCame: () => this.#window.focus(),
    });
    this.#window = this.#create();
  }

  get window(): BrowserWindow {
    return this.#window;
  }

  /** X11 window id; null while there is no window. */
  get nativeWindow(): number | null {
    return this.#window.isDestroyed() ? null : this.#window.getNativeWindowHandle().readUInt32LE(0);
  }

  get visible(): boolean {
    return this.#state.visible;
  }

  toggle(): boolean {
    const justBlurred = Date.now() - this.#blurHiddenAt < blurBeforeHotkeyMs;
    if (this.#state.visible && (this.#window.isFocused() || !this.#options.isPinned())) this.hide();
    else if (!justBlurred) this.show();
    return this.#state.visible || this.#page === 'called';
  }

  /**
   * Nothing is awaited between the key and the window: what it shows was painted before. Only while Beckon is still
   * starting it waits for the first paint, since a window without its page would swallow what is typed.
   */
  show(): void {
    if (this.#window.isDestroyed()) this.#window = this.#create();
    if (this.#page !== 'painted') {
      this.#page = 'called';
      return;
    }
    this.#place();
    if (this.#options.platform === 'win32') {
      this.#window.showInactive();
      this.#lateFocus.begin();
    } else {
      this.#window.show();
      this.#window.focus();
    }
    this.#freshTimer.dispose();
    this.#set({ visible: true, shownCount: this.#state.shownCount + 1 });
  }

  /** Resolves when the window gets the keyboard; after a limit in milliseconds where it has it, or is not told of it. */
  untilFocused(limitMs: number): Promise<void> {
    // There the window waits with the focus for the text.
    if (this.#options.platform === 'win32') return Promise.resolve();
    return new Promise((resolve) => {
      const window = this.#window;
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
    if (!this.#window.isDestroyed()) this.#window.hide();
    // macOS gives the focus back to the last application only when the whole app hides.
    if (this.#options.platform === 'darwin' && this.#options.registry.get('main') === null) app.hide();
    // The page empties itself while hidden, so that a fresh box is what the next show paints first.
    this.#freshTimer.set(freshAfterMs, () => this.#set({ fresh: true }));
  }

  /** The person clicked where no window is, which takes the keyboard from nobody. */
  leftByClick(): void {
    if (this.#state.visible && !this.#pointerIsInside()) this.#onBlur();
  }

  resize(height: number): void {
    this.#height = height;
    if (this.#window.isDestroyed()) return;
    const bounds = this.#boundsOn(this.#workArea());
    if (bounds.height !== this.#window.getBounds().height) this.#window.setBounds(bounds);
  }

  moveBy(x: number, y: number): void {
    const now = this.#window.getBounds();
    const display = screen.getDisplayMatching(now);
    const origin = overlayOrigin(display.workArea, { x: now.x + x, y: now.y + y });
    this.#origin = origin;
    this.#window.setBounds(overlayBounds(display.workArea, origin, this.#height));
    // Written once the drag rests, not at each of its steps.
    this.#dragTimer.set(300, () => this.#options.onDragged(String(display.id), origin));
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
    this.#displays.dispose();
    this.#lateFocus.dispose();
    this.#freshTimer.dispose();
    this.#dragTimer.dispose();
    this.#paintTimer.dispose();
    this.#publishTimer.dispose();
    if (!this.#window.isDestroyed()) this.#window.destroy();
  }

  #create(): BrowserWindow {
    const window = this.#options.registry.create('overlay', {
      width: overlayWidth,
      height: this.#height,
      frame: false,
      resizable: false,
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      skipTaskbar: true,
      alwaysOnTop: true,
      title: 'Beckon',
      ...(this.#options.platform === 'darwin' ? { type: 'panel' } : {}),
    });
    window.on('blur', () => this.#onBlur());
    window.on('focus', () => this.#blur.dispose());
    window.on('close', (event) => {
      // Alt+F4 on the overlay means "go away", not "lose the window that was made ahead".
      event.preventDefault();
      this.hide();
    });
    this.#page = 'loading';
    window.once('ready-to-show', () => this.#onPainted());
    this.#paintTimer.set(firstPaintLimitMs, () => this.#onPainted());
    void window.loadURL(`${pageOrigin}/overlay.html`);
    return window;
  }

  #onPainted(): void {
    this.#paintTimer.dispose();
    const called = this.#page === 'called';
    this.#page = 'painted';
    if (called) this.show();
  }

  #onBlur(): void {
    if (!this.#state.visible || this.#options.isPinned() || this.#holds > 0) return;
    if (this.#window.webContents.isDevToolsFocused()) return;
    this.#blur.begin();
  }

  #onLeft(): void {
    if (this.#options.isPinned() || this.#holds > 0) return;
    this.#blurHiddenAt = Date.now();
    this.hide();
  }

  #pointerIsInside(): boolean {
    const point = screen.getCursorScreenPoint();
    const { x, y, width, height } = this.#window.getBounds();
    return point.x >= x && point.x < x + width && point.y >= y && point.y < y + height;
  }

  #workArea() {
    return screen.getDisplayMatching({ ...this.#origin, width: overlayWidth, height: barHeight }).workArea;
  }

  #boundsOn(workArea: Electron.Rectangle) {
    return overlayBounds(workArea, this.#origin, this.#height);
  }

  #place(): void {
    const display = this.#displays.underCursor();
    this.#origin = overlayOrigin(display.workArea, this.#options.draggedPosition(String(display.id)));
    const bounds = this.#boundsOn(display.workArea);
    const now = this.#window.getBounds();
    const moved =
      now.x !== bounds.x || now.y !== bounds.y || now.height !== bounds.height || now.width !== bounds.width;
    if (moved) this.#window.setBounds(bounds);
    const maxHeight = overlayMaxHeight(display.workArea, this.#origin.y);
    if (maxHeight !== this.#state.maxHeight) this.#set({ maxHeight });
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
