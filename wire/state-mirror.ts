import { type Disposable, disposable } from '../contract/disposable.ts';
import type { ReadableState, StateChange } from './state-source.ts';

/** A copy of another process's state. A gap in the revisions asks for a new snapshot. */
export class StateMirror<Snapshot> implements Disposable {
  readonly #ask: () => void;
  readonly #release: Disposable;
  readonly #listeners = new Set<() => void>();
  readonly #changeListeners = new Set<(change: StateChange<Snapshot>) => void>();
  #value: Snapshot | undefined;
  #revision = -1;

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
    this.#revision = revision;
    this.#value = value;
    this.#emit(value as Partial<Snapshot>);
  }

  takePatch(revision: number, patch: unknown): void {
    if (this.#value === undefined || revision !== this.#revision + 1) {
      this.#ask();
      return;
    }
    this.#revision = revision;
    this.#value = { ...this.#value, ...(patch as Partial<Snapshot>) };
    this.#emit(patch as Partial<Snapshot>);
  }

  /** The mirror as a state that can be served on, so that main can pass core's states to windows. */
  asReadable(initial: Snapshot): ReadableState<Snapshot> {
    return {
      get: () => ({ revision: Math.max(this.#revision, 0), value: this.#value ?? initial }),
      subscribe: (listener) => {
        this.#changeListeners.add(listener);
        return { dispose: () => void this.#changeListeners.delete(listener) };
      },
    };
  }

  dispose(): void {
    this.#listeners.clear();
    this.#changeListeners.clear();
    this.#release.dispose();
  }

  #emit(patch: Partial<Snapshot>): void {
    for (const listener of [...this.#listeners]) listener();
    for (const listener of [...this.#changeListeners]) listener({ revision: this.#revision, patch });
  }
}
