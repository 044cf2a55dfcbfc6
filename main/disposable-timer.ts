import type { Disposable } from '../contract/disposable.ts';

/** A timer that can be set again and is cleared when released. */
export class Timer implements Disposable {
  #handle: NodeJS.Timeout | null = null;

  /** Runs `task` once after `ms` milliseconds, instead of whatever was set before. */
  set(ms: number, task: () => void): void {
    this.dispose();
    this.#handle = setTimeout(task, ms);
    this.#handle.unref();
  }

  dispose(): void {
    if (this.#handle !== null) clearTimeout(this.#handle);
    this.#handle = null;
  }
}
