import { type BrowserWindow, screen } from 'electron';
import type { Disposable } from '../../contract/disposable.ts';
import { Timer } from '../disposable-timer.ts';
import { DisplayWatch } from './display-watch.ts';
import {
  barHeight,
  overlayBounds,
  overlayMaxHeight,
  overlayOrigin,
  overlayWidth,
  type Rectangle,
  type Room,
  withoutRoom,
  withRoom,
} from './placement.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface OverlayPlaceOptions {
  readonly window: () => BrowserWindow;
  /** What the window has around the box. */
  readonly room: () => Room;
  readonly draggedPosition: (displayId: string) => Point | undefined;
  readonly onDragged: (displayId: string, position: Point) => void;
}

/** A drag is over when nothing moved for this long. */
const dragRestMs = 300;

/** Where the overlay stands and how tall it is, on whichever display. Positions are those of the box, whatever room is around it. */
export class OverlayPlace implements Disposable {
  readonly #options: OverlayPlaceOptions;
  readonly #displays = new DisplayWatch();
  readonly #dragTimer = new Timer();
  #height = barHeight;
  #origin: Point = { x: 0, y: 0 };

  constructor(options: OverlayPlaceOptions) {
    this.#options = options;
  }

  get height(): number {
    return this.#height;
  }

  /** Moves the window to the display under the pointer; answers the tallest it may be there, in CSS pixels. */
  take(): number {
    const display = this.#displays.underCursor();
    this.#origin = overlayOrigin(display.workArea, this.#options.draggedPosition(String(display.id)));
    this.#put(this.#boundsOn(display.workArea));
    return overlayMaxHeight(display.workArea, this.#origin.y);
  }

  resize(height: number): void {
    this.#height = height;
    if (this.#options.window().isDestroyed()) return;
    const { workArea } = screen.getDisplayMatching({ ...this.#origin, width: overlayWidth, height: barHeight });
    const bounds = this.#boundsOn(workArea);
    if (bounds.height !== this.#box().height) this.#put(bounds);
  }

  /** The window has other room around the box now, or is another one. */
  refit(): void {
    if (this.#options.window().isDestroyed()) return;
    const { workArea } = screen.getDisplayMatching({ ...this.#origin, width: overlayWidth, height: barHeight });
    this.#put(this.#boundsOn(workArea));
  }

  moveBy(x: number, y: number): void {
    const now = this.#box();
    const display = screen.getDisplayMatching(now);
    const origin = overlayOrigin(display.workArea, { x: now.x + x, y: now.y + y });
    this.#origin = origin;
    this.#put(this.#boundsOn(display.workArea));
    // Written once the drag rests, not at each of its steps.
    this.#dragTimer.set(dragRestMs, () => this.#options.onDragged(String(display.id), origin));
  }

  pointerIsInside(): boolean {
    const point = screen.getCursorScreenPoint();
    const { x, y, width, height } = this.#box();
    return point.x >= x && point.x < x + width && point.y >= y && point.y < y + height;
  }

  dispose(): void {
    this.#displays.dispose();
    this.#dragTimer.dispose();
  }

  #box(): Rectangle {
    return withoutRoom(this.#options.window().getBounds(), this.#options.room());
  }

  #put(box: Rectangle): void {
    const window = this.#options.window();
    const [now, wanted] = [window.getBounds(), withRoom(box, this.#options.room())];
    const moved =
      now.x !== wanted.x || now.y !== wanted.y || now.height !== wanted.height || now.width !== wanted.width;
    if (moved) window.setBounds(wanted);
  }

  #boundsOn(workArea: Electron.Rectangle): Electron.Rectangle {
    return overlayBounds(workArea, this.#origin, this.#height);
  }
}
