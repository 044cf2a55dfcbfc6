import type { Disposable } from '../../contract/disposable.ts';

export interface CopyWhenIdleOptions {
  /** Whether the person wants copies to be made by themselves. */
  readonly isWanted: () => boolean;
  /** Whether something is being answered, fetched or copied. */
  readonly isBusy: () => boolean;
  /** Whether a copy would leave room enough on the disk. */
  readonly hasRoom: () => Promise<boolean>;
  /** Starts the copy of a model, where there is something to gain. */
  readonly make: (modelId: string) => Promise<void>;
  /** Milliseconds of rest before it begins. */
  readonly idleMs: number;
}

/**
 * Makes the faster copy of a model that has arrived: not in its first minutes, when it is asked for the first time, but once
 * nothing has been going on for a while.
 */
export class CopyWhenIdle implements Disposable {
  readonly #options: CopyWhenIdleOptions;
  readonly #waiting = new Set<string>();
  #timer: NodeJS.Timeout | null = null;

  constructor(options: CopyWhenIdleOptions) {
    this.#options = options;
  }

  arrived(modelId: string): void {
    this.#waiting.add(modelId);
    this.#timer ??= setTimeout(() => void this.#look(), this.#options.idleMs).unref();
  }

  dispose(): void {
    this.#waiting.clear();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  async #look(): Promise<void> {
    const { isWanted, isBusy, hasRoom, make } = this.#options;
    this.#timer = null;
    const [modelId] = this.#waiting;
    if (modelId === undefined) return;
    if (isBusy()) return this.arrived(modelId);
    this.#waiting.delete(modelId);
    // What is not made is still offered; nobody asked for this one, so nobody is told that it was not made.
    if (isWanted() && (await hasRoom().catch(() => false))) await make(modelId).catch(() => {});
    const [next] = this.#waiting;
    if (next !== undefined) this.arrived(next);
  }
}
