import type { Entry } from '../../contract/receipt.ts';

/** The calls of an answer in the order in which they began: those that were under way together end in any. */
export class CallsInOrder {
  readonly #calls: { readonly entry: Entry; readonly beganAt: number }[] = [];

  get entries(): readonly Entry[] {
    return this.#calls.map(({ entry }) => entry);
  }

  add(entry: Entry, beganAt: number): void {
    const after = this.#calls.findLastIndex((call) => call.beganAt <= beganAt);
    this.#calls.splice(after + 1, 0, { entry, beganAt });
  }
}
