import type { Disposable } from '../contract/disposable.ts';

/** A change of some top-level keys of a state. */
export interface StateChange<Snapshot> {
  readonly revision: number;
  readonly patch: Partial<Snapshot>;
}

/** What a server needs of a state: its value now and each change after. */
export interface ReadableState<Snapshot> {
  get(): { readonly revision: number; readonly value: Snapshot };
  subscribe(listener: (change: StateChange<Snapshot>) => void): Disposable;
}

/** The one writable copy of a state, held by the process that owns it. */
export class StateSource<Snapshot extends object> implements ReadableState<Snapshot> {
  #value: Snapshot;
  #revision = 0;
  readonly #listeners = new Set<(change: StateChange<Snapshot>) => void>();

  constructor(initial: Snapshot) {
    this.#value = initial;
  }

  get value(): Snapshot {
    return this.#value;
  }

  get(): { readonly revision: number; readonly value: Snapshot } {
    return { revision: this.#revision, value: this.#value };
  }

  /** Merges some top-level keys; keys whose value is unchanged (by identity) are not sent. */
  update(patch: Partial<Snapshot>): void {
    const changed: Partial<Snapshot> = {};
    let any = false;
    for (const key of Object.keys(patch) as (keyof Snapshot)[]) {
      if (patch[key] === undefined || Object.is(patch[key], this.#value[key])) continue;
      changed[key] = patch[key];
      any = true;
    }
    if (!any) return;
    this.#value = { ...this.#value, ...changed };
    this.#revision += 1;
    const change = { revision: this.#revision, patch: changed };
    for (const listener of [...this.#listeners]) listener(change);
  }

  subscribe(listener: (change: StateChange<Snapshot>) => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }
}
