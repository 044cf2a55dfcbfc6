import { PartQueue } from './part-queue.ts';

export interface LoadingPart {
  /** From 0 to 1. */
  readonly progress: number;
}

/** Tells everyone who follows how far the loading of a model has come. */
export class LoadingProgress {
  readonly #listeners = new Set<(progress: number) => void>();

  readonly tell = (progress: number): void => {
    for (const listener of this.#listeners) listener(progress);
  };

  async *follow(signal: AbortSignal): AsyncGenerator<LoadingPart> {
    const parts = new PartQueue<LoadingPart>();
    const listener = (progress: number) => parts.push({ progress });
    this.#listeners.add(listener);
    signal.addEventListener('abort', () => parts.end(), { once: true });
    try {
      yield* parts;
    } finally {
      this.#listeners.delete(listener);
    }
  }
}
