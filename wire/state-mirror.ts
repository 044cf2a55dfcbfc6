import { type Disposable, disposable } from '../contract/disposable.ts';

/** A copy of another process's state. A gap in the revisions asks for a new snapshot. */
export class StateMirror<Snapshot> implements Disposable {
  readonly #ask: () => void;
  readonly #release: Disposable;
  readonly #listeners = new Set<() => void>();
  #value: Snapshot | undefined;
  #revision = -1;
  /** A snapshot is on its way: more gaps need no second one. */
  #isAsked = false;

  constructor(ask: () => void, release: () => void) {
    this.#ask = ask;
    this.#release = disposable(release);
  }

  /** `undefined` until the first snapshot came. The same object until it changes, as `useSyncExternalStore` wants. */
  readonly getSnapshot = (): Snapshot | undefined => this.#value;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  ask(): void {
    this.#isAsked = true;
    this.#ask();
  }

  /** Resolves with the first snapshot, or at once when it is there. */
  ready(): Promise<Snapshot> {
    const value = this.#value;
    if (value !== undefined) return Promise.resolve(value);
    return new Promise((resolve) => {
      const stop = this.subscribe(() => {
        if (this.#value === undefined) return;
        stop();
        resolve(this.#value);
      });
    });
  }

  /** Resolves once this copy is at least as new as `revision` of the source; never when the other side is gone by then. */
  reached(revision: number): Promise<void> {
    if (this.#revision >= revision) return Promise.resolve();
    return new Promise((resolve) => {
      const stop = this.subscribe(() => {
        if (this.#revision < revision) return;
        stop();
        resolve();
      });
    });
  }

  takeSnapshot(revision: number, value: Snapshot): void {
    this.#isAsked = false;
    this.#revision = revision;
    this.#value = value;
    this.#emit();
  }

  takePatch(revision: number, patch: unknown): void {
    if (this.#value === undefined || revision !== this.#revision + 1) {
      if (!this.#isAsked) this.ask();
      return;
    }
    this.#revision = revision;
    this.#value = { ...this.#value, ...(patch as Partial<Snapshot>) };
    this.#emit();
  }

  dispose(): void {
    this.#listeners.clear();
    this.#release.dispose();
  }

  #emit(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
