/** What of the page a step is carried over. */
export interface CarryScene {
  /** The step itself, which follows the pointer up and down. */
  readonly card: HTMLElement;
  /** The part that was taken hold of. */
  readonly handle: HTMLElement;
  /** The places between steps, the first before the first of them. */
  readonly edges: () => readonly Element[];
  readonly column: HTMLElement;
  /** What scrolls when the pointer comes near its top or bottom. */
  readonly scroller: HTMLElement;
}

export interface CarryEvents {
  /** Called once the pointer has gone far enough to mean it, then at each new edge; null where nothing would take the step. */
  readonly onOver: (edge: number | null) => void;
  /** Called once, after all listeners are gone; null when it was broken off or nothing took the step. */
  readonly onEnd: (edge: number | null) => void;
}

/** Pixels that a hand trembles by on a click. */
const leastMove = 4;
/** Pixels that it hangs lower than it was taken, so that its name is not where the line is that shows its place. */
const hangs = 30;
/** Pixels beside the column in which the step is still taken. */
const aside = 60;
/** Pixels from the top and bottom of what scrolls, in which it does, and the most of them a frame. */
const scrollZone = 48;
const scrollStep = 14;

/**
 * A step on its way, by pointer events alone. Dragging of the platform would go through the window system, where what is under
 * the pointer, how fast it was moved and who has the keyboard decide whether a drop arrives and Escape is heard.
 */
export class CarriedStep {
  readonly #scene: CarryScene;
  readonly #events: CarryEvents;
  readonly #from: { readonly x: number; readonly y: number; readonly scrolled: number };
  readonly #ends = new AbortController();
  #at: { readonly x: number; readonly y: number };
  #edge: number | null | undefined;
  #frame = 0;

  constructor(scene: CarryScene, { pointerId, clientX: x, clientY: y }: PointerEvent, events: CarryEvents) {
    this.#scene = scene;
    this.#events = events;
    this.#at = { x, y };
    this.#from = { x, y, scrolled: scene.scroller.scrollTop };
    // A pointer that leaves the window is followed there.
    scene.handle.setPointerCapture(pointerId);
    const listen = { signal: this.#ends.signal, capture: true };
    const own = (then: (event: PointerEvent) => void) => (event: PointerEvent) => {
      if (event.pointerId === pointerId) then(event);
    };
    window.addEventListener('pointermove', own(this.#onMove), listen);
    window.addEventListener(
      'pointerup',
      own((event) => {
        this.#onMove(event);
        this.end(this.#edge ?? null);
      }),
      listen,
    );
    window.addEventListener(
      'pointercancel',
      own(() => this.end(null)),
      listen,
    );
    window.addEventListener('blur', () => this.end(null), { signal: this.#ends.signal });
    window.addEventListener('keydown', this.#onKey, listen);
  }

  /** Puts the step down; `edge`: where, null for where it was. */
  end(edge: number | null): void {
    if (this.#ends.signal.aborted) return;
    this.#ends.abort();
    cancelAnimationFrame(this.#frame);
    this.#scene.card.style.transform = '';
    this.#events.onEnd(edge);
  }

  readonly #onMove = ({ clientX: x, clientY: y }: PointerEvent): void => {
    this.#at = { x, y };
    if (this.#edge === undefined) {
      if (Math.hypot(x - this.#from.x, y - this.#from.y) < leastMove) return;
      this.#frame = requestAnimationFrame(this.#scroll);
    }
    this.#follow();
  };

  /** No key means anything else while a step is carried: one that changed the chain would change what is carried. */
  readonly #onKey = (event: KeyboardEvent): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.key === 'Escape') this.end(null);
  };

  readonly #scroll = (): void => {
    const { scroller } = this.#scene;
    const before = scroller.scrollTop;
    scroller.scrollTop += scrollBy(this.#at.y, scroller.getBoundingClientRect());
    if (scroller.scrollTop !== before) this.#follow();
    this.#frame = requestAnimationFrame(this.#scroll);
  };

  #follow(): void {
    const { card, edges, column, scroller } = this.#scene;
    const scrolled = scroller.scrollTop - this.#from.scrolled;
    // Steps stand in one column: to the side there is nowhere to go.
    card.style.transform = `translateY(${this.#at.y - this.#from.y + scrolled + hangs}px)`;
    const { left, right } = column.getBoundingClientRect();
    const isTaken = this.#at.x >= left - aside && this.#at.x <= right + aside;
    const middles = edges().map((edge) => middleOf(edge.getBoundingClientRect()));
    const edge = isTaken ? nearest(middles, this.#at.y) : null;
    if (edge === this.#edge) return;
    this.#edge = edge;
    this.#events.onOver(edge);
  }
}

function middleOf({ top, bottom }: DOMRect): number {
  return (top + bottom) / 2;
}

/** Which of some heights is nearest to one; null of none. */
export function nearest(heights: readonly number[], y: number): number | null {
  const [first] = heights.map((height, at) => ({ at, far: Math.abs(height - y) })).toSorted((a, b) => a.far - b.far);
  return first?.at ?? null;
}

/** How far to scroll in this frame, in pixels: the nearer to an end, the farther. */
export function scrollBy(y: number, { top, bottom }: Pick<DOMRect, 'top' | 'bottom'>): number {
  const into = Math.max(0, y - (bottom - scrollZone)) - Math.max(0, top + scrollZone - y);
  return Math.round(Math.max(-1, Math.min(1, into / scrollZone)) * scrollStep);
}

/** Where a step stands that is put down at an edge; null where that is its own place. */
export function landing(from: number, edge: number | null): number | null {
  if (edge === null || edge === from || edge === from + 1) return null;
  return from < edge ? edge - 1 : edge;
}
