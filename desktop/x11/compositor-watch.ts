import type { XFixes } from 'x11';
import type { Disposable } from '../../contract/disposable.ts';
import { compositorSelection, hasCompositor } from './window-manager.ts';
import type { X11Connection } from './x11-connection.ts';

/** Tells whether a compositing manager runs, at first and whenever that changes: by events of the display (XFixes), never by looking. */
export class CompositorWatch implements Disposable {
  readonly #x: X11Connection;
  readonly #onChange: (isRunning: boolean) => void;
  readonly #end: () => void;
  #told: boolean | null = null;

  constructor(x: X11Connection, onChange: (isRunning: boolean) => void) {
    this.#x = x;
    this.#onChange = onChange;
    this.#end = x.onEvent((event) => {
      // No other selection is watched on this connection, and none is converted.
      if (event.name === 'SelectionNotify') void this.#look();
    });
  }

  /** Throws where the display has no such extension. */
  async start(): Promise<void> {
    const [client, root, selection] = await Promise.all([
      this.#x.client(),
      this.#x.root(),
      this.#x.atom(compositorSelection),
    ]);
    const extension = await new Promise<XFixes>((resolve, reject) => {
      client.require('fixes', (error, found) => (error ? reject(error) : resolve(found)));
    });
    const { SetSelectionOwner, SelectionWindowDestroy, SelectionClientClose } = extension.SelectionEventMask;
    extension.SelectSelectionInput(root, selection, SetSelectionOwner | SelectionWindowDestroy | SelectionClientClose);
    await this.#look();
  }

  dispose(): void {
    this.#end();
  }

  async #look(): Promise<void> {
    const isRunning = await hasCompositor(this.#x);
    if (isRunning === this.#told) return;
    this.#told = isRunning;
    this.#onChange(isRunning);
  }
}
