/** A rectangle in device-independent pixels. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const overlayWidth = 720;

/** What is left in the overlay's window around the box, in device-independent pixels. */
export interface Room {
  readonly side: number;
  readonly top: number;
  readonly bottom: number;
}

/** Where the box casts its shadow: as in `renderer/overlay/frame.css`. */
export const shadowRoom: Room = { side: 32, top: 24, bottom: 44 };
export const noRoom: Room = { side: 0, top: 0, bottom: 0 };

/** The window around a box. */
export function withRoom({ x, y, width, height }: Rectangle, { side, top, bottom }: Room): Rectangle {
  return { x: x - side, y: y - top, width: width + 2 * side, height: height + top + bottom };
}

/** The box in a window. */
export function withoutRoom({ x, y, width, height }: Rectangle, { side, top, bottom }: Room): Rectangle {
  return { x: x + side, y: y + top, width: width - 2 * side, height: height - top - bottom };
}
/** Input line and footer; the least the overlay ever shows. */
export const barHeight = 56 + 34 + 2;
const topShare = 0.22;
const readingShare = 0.6;

/** Tallest the overlay may be on a display, so that it never leaves the work area. */
export function overlayMaxHeight(workArea: Rectangle, top: number): number {
  const below = workArea.y + workArea.height - top;
  return Math.max(barHeight, Math.min(Math.floor(workArea.height * readingShare) + barHeight, below));
}

/** Top-left for the overlay: where the person dragged it on this display, else centred with its top at 22 %. */
export function overlayOrigin(
  workArea: Rectangle,
  dragged: { readonly x: number; readonly y: number } | undefined,
): { readonly x: number; readonly y: number } {
  const width = Math.min(overlayWidth, workArea.width);
  const wanted = dragged ?? {
    x: workArea.x + Math.round((workArea.width - width) / 2),
    y: workArea.y + Math.round(workArea.height * topShare),
  };
  return {
    x: clamp(wanted.x, workArea.x, workArea.x + workArea.width - width),
    y: clamp(wanted.y, workArea.y, workArea.y + workArea.height - barHeight),
  };
}

export function overlayBounds(workArea: Rectangle, origin: { x: number; y: number }, height: number): Rectangle {
  const limit = overlayMaxHeight(workArea, origin.y);
  return {
    ...origin,
    width: Math.min(overlayWidth, workArea.width),
    height: clamp(Math.round(height), Math.min(barHeight, limit), limit),
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}
