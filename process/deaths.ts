/** Counts how often something died lately, by what it was working with. */
export class Deaths {
  readonly #windowMs: number;
  readonly #limit: number;
  #deaths: readonly { readonly at: number; readonly subject: string }[] = [];

  /** `limit` deaths within `windowMs` milliseconds are too many. */
  constructor(windowMs: number, limit: number) {
    this.#windowMs = windowMs;
    this.#limit = limit;
  }

  add(subject = ''): void {
    this.#deaths = [...this.#lately, { at: Date.now(), subject }];
  }

  /** How many there were, and in how many milliseconds the oldest of them no longer counts; null when they are not too many. */
  tooMany(subject = ''): { readonly times: number; readonly forMs: number } | null {
    const deaths = this.#lately.filter((death) => death.subject === subject);
    const [first] = deaths;
    if (first === undefined || deaths.length < this.#limit) return null;
    return { times: deaths.length, forMs: this.#windowMs - (Date.now() - first.at) };
  }

  forget(): void {
    this.#deaths = [];
  }

  get #lately() {
    const since = Date.now() - this.#windowMs;
    return this.#deaths.filter(({ at }) => at >= since);
  }
}
