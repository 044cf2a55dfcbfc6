/** How near to the end still counts as being at the end, in pixels. */
const nearEnd = 24;

/** What is known of something that scrolls, in pixels. */
export interface ScrollPlace {
  readonly scrollTop: number;
  readonly scrollHeight: number;
  readonly clientHeight: number;
}

/** Tells whether a reader is at the end of a text, which may grow while nobody scrolls. */
export class EndWatch {
  #isAtEnd = true;
  #top = 0;

  get isAtEnd(): boolean {
    return this.#isAtEnd;
  }

  /** The place after a scroll. Only who goes up leaves the end: a text that grew moved its end away from the reader. */
  scrolled(place: ScrollPlace): void {
    if (leftBelow(place) < nearEnd) this.#isAtEnd = true;
    else if (place.scrollTop < this.#top) this.#isAtEnd = false;
    this.#top = place.scrollTop;
  }

  /** The place that was gone to with the end of the text. A text that shrank and grew since then is no reader who went up. */
  followed({ scrollTop }: Pick<ScrollPlace, 'scrollTop'>): void {
    this.#top = scrollTop;
  }

  goToEnd(): void {
    this.#isAtEnd = true;
  }

  /** The reader opens something, and reads on there. */
  leaveEnd(): void {
    this.#isAtEnd = false;
  }
}

/** Pixels of the text below what is shown. */
export function leftBelow({ scrollTop, scrollHeight, clientHeight }: ScrollPlace): number {
  return scrollHeight - scrollTop - clientHeight;
}
