import { app, type BrowserWindow } from 'electron';
import type { Disposable } from '../../contract/disposable.ts';
import { Timer } from '../disposable-timer.ts';
import { BlurWatch, type SignOfLeaving } from './blur-watch.ts';
import { keyboardBack } from './keyboard-back.ts';
import { LateFocus } from './late-focus.ts';
import { OverlayGlass, type OverlayGlassOptions } from './overlay-glass.ts';
import { OverlayPlace, type OverlayPlaceOptions } from './overlay-place.ts';
import { type OverlayState, PublishedOverlayState } from './overlay-state.ts';
import { OverlayWindow } from './overlay-window.ts';
import { type Rectangle, withoutRoom } from './placement.ts';
import type { WindowRegistry } from './registry.ts';
import { untilFocused } from './until-focused.ts';

export interface OverlayOptions
  extends Pick<OverlayPlaceOptions, 'draggedPosition' | 'onDragged'>,
    Pick<OverlayGlassOptions, 'giveRoom'> {
  readonly registry: WindowRegistry;
  readonly platform: NodeJS.Platform;
  readonly isPinned: () => boolean;
  /** Whether a mouse button is down anywhere; null where the system does not tell. */
  readonly pointerPressed: () => Promise<boolean | null>;
  readonly onState: (state: OverlayState) => void;
}

/** After this long hidden, the box starts fresh; before, it shows what was there. */
const freshAfterMs = 60_000;
/** The hotkey that is pressed as the window comes by itself is meant to bring it: people take that long to see that it is there. */
const cameMs = 700;
/** A press of the hotkey takes the focus away for a moment; hiding and showing again would look like nothing happened. */
const blurBeforeHotkeyMs = 150;

/** The overlay as the person calls it and leaves it: shown first, filled after. */
export class Overlay implements Disposable {
  readonly #options: OverlayOptions;
  readonly #freshTimer = new Timer();
  readonly #state: PublishedOverlayState;
  readonly #blur: BlurWatch;
  readonly #place: OverlayPlace;
  readonly #lateFocus = new LateFocus(() => !this.window.isDestroyed() && this.window.focus());
  readonly #made: OverlayWindow;
  readonly #glass: OverlayGlass;
  #holds = 0;
  #blurHiddenAt = 0;
  #cameAt = Number.NEGATIVE_INFINITY;

  constructor(options: OverlayOptions) {
    this.#options = options;
    this.#state = new PublishedOverlayState(options.onState);
    this.#blur = new BlurWatch({
      pressed: options.pointerPressed,
      pointerIsInside: () => this.#place.pointerIsInside(),
      onLeft: () => this.#onLeft(),
      onCame: () => this.window.focus(),
    });
    const { draggedPosition, onDragged, giveRoom } = options;
    const [window, room] = [() => this.window, () => this.#glass.room];
    this.#place = new OverlayPlace({ window, room, draggedPosition, onDragged });
    this.#made = new OverlayWindow({
      registry: options.registry,
      platform: options.platform,
      height: () => this.#place.height,
      onBlur: () => this.#onLeaving('blur'),
      onFocus: () => this.#blur.focusCame(),
      onClosed: () => this.hide(),
      onReady: () => this.show(),
    });
    this.#glass = new OverlayGlass({
      window,
      isVisible: () => this.#state.value.visible || this.#made.isCalled,
      giveRoom,
      replace: (accepted) => this.#made.replace(accepted),
      onChange: (composited) => {
        this.#state.update({ composited });
        this.#place.refit();
      },
    });
  }

  get window(): BrowserWindow {
    return this.#made.window;
  }

  /** X11 window id; null while there is no window. */
  get nativeWindow(): number | null {
    return this.window.isDestroyed() ? null : this.window.getNativeWindowHandle().readUInt32LE(0);
  }

  /** Where the box is, or was when it was hidden. */
  get box(): Rectangle {
    return withoutRoom(this.window.getBounds(), this.#glass.room);
  }

  get visible(): boolean {
    return this.#state.value.visible;
  }

  toggle(): boolean {
    const justBlurred = Date.now() - this.#blurHiddenAt < blurBeforeHotkeyMs;
    if (this.#state.value.visible && (this.window.isFocused() || !this.#options.isPinned())) this.hide();
    else if (!justBlurred) this.show();
    return this.#state.value.visible || this.#made.isCalled;
  }

  /**
   * Nothing is awaited between the key and the window: what it shows was painted before. Only while Beckon is still
   * starting it waits for the first paint, since a window without its page would swallow what is typed.
   */
  show(): void {
    if (!this.#made.call()) return;
    const maxHeight = this.#place.take();
    if (maxHeight !== this.#state.value.maxHeight) this.#state.update({ maxHeight });
    if (this.#options.platform === 'win32') {
      this.window.showInactive();
      this.#lateFocus.begin();
    } else {
      this.window.show();
      this.window.focus();
    }
    this.#freshTimer.dispose();
    this.#state.update({ visible: true, shownCount: this.#state.value.shownCount + 1 });
  }

  /** Shows it though the person did not call it. */
  comeBack(): void {
    this.show();
    this.#cameAt = performance.now();
  }

  /** Whether it stands there by itself since just now. */
  get hasJustCome(): boolean {
    return this.#state.value.visible && performance.now() - this.#cameAt < cameMs;
  }

  /** With an empty box, whatever is in it. */
  showNewChat(): void {
    this.#state.update({ newChats: this.#state.value.newChats + 1 });
    this.show();
  }

  /** Resolves when the window gets the keyboard; after a limit in milliseconds where it has it, or is not told of it. */
  untilFocused(limitMs: number): Promise<void> {
    // There the window waits with the focus for the text.
    if (this.#options.platform === 'win32') return Promise.resolve();
    return untilFocused(this.window, limitMs);
  }

  /** Where the focus tells what is selected, it may be taken now. */
  selectionRead(): void {
    this.#lateFocus.end();
  }

  hide(): void {
    this.#blur.dispose();
    this.#lateFocus.dispose();
    if (!this.#state.value.visible) return;
    this.#state.update({ visible: false, fresh: false });
    if (!this.window.isDestroyed()) this.window.hide();
    // macOS gives the focus back to the last application only when the whole app hides.
    if (this.#options.platform === 'darwin' && this.#options.registry.get('main') === null) app.hide();
    // The page empties itself while hidden, so that a fresh box is what the next show paints first.
    this.#freshTimer.set(freshAfterMs, () => this.#state.update({ fresh: true }));
    this.#glass.consider();
  }

  /** A compositor came or went. */
  compositorChanged(isRunning: boolean): void {
    this.#glass.compositorChanged(isRunning);
  }

  /** Whether its page holds nothing that a new one would not have. */
  rest(isResting: boolean): void {
    this.#glass.rest(isResting);
  }

  /** The person clicked where no window is, which takes the keyboard from nobody. */
  leftByClick(): void {
    if (this.#state.value.visible && !this.#place.pointerIsInside()) this.#onLeaving('click');
  }

  resize(height: number): void {
    this.#place.resize(height);
  }

  moveBy(x: number, y: number): void {
    this.#place.moveBy(x, y);
  }

  /** Has the keyboard again, where it is there. */
  takeBack(): void {
    if (this.#state.value.visible && !this.window.isDestroyed()) this.window.focus();
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

  /** As `holdWhile`, for a dialog over it: the keyboard is back before losing it hides anything. */
  async holdUnder<Value>(work: () => Promise<Value>): Promise<Value> {
    return this.holdWhile(async () => {
      try {
        return await work();
      } finally {
        await keyboardBack({
          isVisible: () => this.#state.value.visible && !this.window.isDestroyed(),
          isFocused: () => this.window.isFocused(),
          focus: () => this.takeBack(),
        });
      }
    });
  }

  dispose(): void {
    this.#blur.dispose();
    this.#place.dispose();
    this.#lateFocus.dispose();
    this.#freshTimer.dispose();
    this.#state.dispose();
    this.#made.dispose();
  }

  #onLeaving(sign: SignOfLeaving): void {
    if (!this.#state.value.visible || this.#options.isPinned() || this.#holds > 0) return;
    if (this.window.webContents.isDevToolsFocused()) return;
    this.#blur.begin(sign);
  }

  #onLeft(): void {
    if (this.#options.isPinned() || this.#holds > 0) return;
    this.#blurHiddenAt = Date.now();
    this.hide();
  }
}
