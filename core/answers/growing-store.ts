import { type AppErrorShape, toErrorShape } from '../../contract/errors.ts';

const saveEveryMs = 250;

/** Stores what grows: now and then while it does, and at its end. */
export class GrowingStore<Patch> {
  readonly #write: (patch: Patch) => void;
  readonly #growing: () => Patch;
  #timer: NodeJS.Timeout | null = null;

  /** `growing`: what there is of it at that moment. */
  constructor(write: (patch: Patch) => void, growing: () => Patch) {
    this.#write = write;
    this.#growing = growing;
  }

  /** It has grown: it is stored within a quarter of a second. */
  soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      // A full disk must not end what is on the screen; its end says that it was not stored.
      this.#try(this.#growing());
    }, saveEveryMs);
  }

  /** Answers why it could not be stored; null when it is. Nothing is stored behind this. */
  end(patch: Patch): AppErrorShape | null {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    return this.#try(patch);
  }

  #try(patch: Patch): AppErrorShape | null {
    try {
      this.#write(patch);
      return null;
    } catch (error) {
      return toErrorShape(error);
    }
  }
}
