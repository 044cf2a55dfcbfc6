import type { SelectionReader } from './read-selection.ts';
import { saveSelection } from './save-selection.ts';
import { SelectionOwner } from './selection-owner.ts';
import type { X11Connection } from './x11-connection.ts';

/** What is selected elsewhere, while a window copies that takes PRIMARY along: whose it was gets no second chance to offer it. */
export class KeepPrimary {
  readonly #x: X11Connection;
  readonly #reader: SelectionReader;

  constructor(x: X11Connection, reader: SelectionReader) {
    this.#x = x;
    this.#reader = reader;
  }

  /** Runs `work`, after which PRIMARY is offered on as it was where the client of the window has taken it. */
  async during<Value>(window: number, work: () => Promise<Value>): Promise<Value> {
    if (await this.#isOwnedBy(window)) return work();
    const saved = await saveSelection(this.#x, this.#reader, 'PRIMARY');
    try {
      return await work();
    } finally {
      if (await this.#isOwnedBy(window)) {
        const nobody = { onRequest: () => {}, onLost: () => {} };
        const owner = await SelectionOwner.own(this.#x, await this.#reader.window(), 'PRIMARY', saved, nobody);
        if (saved.length === 0) await owner.release();
      }
    }
  }

  async #isOwnedBy(window: number): Promise<boolean> {
    const owner = await this.#x.selectionOwner('PRIMARY');
    return owner !== 0 && (await this.#x.sameClient(owner, window));
  }
}
