/** A part of the page that is loaded after the first paint, or when it is needed: once, and then there at once. */
export class LatePart<Part> {
  readonly #import: () => Promise<Part>;
  readonly #listeners = new Set<() => void>();
  #part: Part | null = null;
  #loading: Promise<void> | null = null;

  constructor(load: () => Promise<Part>) {
    this.#import = load;
  }

  /** Null until it is there. */
  readonly get = (): Part | null => this.#part;

  /** Whoever wants it loads it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    void this.load();
    return () => this.#listeners.delete(listener);
  };

  readonly load = (): Promise<void> => {
    this.#loading ??= this.#import().then(
      (part) => {
        this.#part = part;
        for (const listener of this.#listeners) listener();
      },
      () => {
        // It is tried again by whoever wants it next.
        this.#loading = null;
      },
    );
    return this.#loading;
  };
}
