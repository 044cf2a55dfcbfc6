import type { XFixes } from 'x11';
import type { Disposable } from '../../contract/disposable.ts';
import { X11Connection } from './x11-connection.ts';

/** Tells when somebody copies: by events of the display (XFixes), never by looking. It has a connection of its own. */
export class ClipboardWatch implements Disposable {
  readonly #x: X11Connection;
  readonly #end: () => void;

  constructor(display: string | undefined, onCopied: () => void) {
    this.#x = new X11Connection(display);
    this.#end = this.#x.onEvent((event) => {
      // No other selection is watched on this connection, and none is converted.
      if (event.name === 'SelectionNotify') onCopied();
    });
  }

  /** Resolves when the display has ended. */
  get closed(): Promise<void> {
    return this.#x.closed;
  }

  /** Throws where the display has no such extension. */
  async start(): Promise<void> {
    const [client, root, selection] = await Promise.all([this.#x.client(), this.#x.root(), this.#x.atom('CLIPBOARD')]);
    const { SelectSelectionInput, SelectionEventMask } = await new Promise<XFixes>((resolve, reject) => {
      client.require('fixes', (error, found) => (error ? reject(error) : resolve(found)));
    });
    SelectSelectionInput(root, selection, SelectionEventMask.SetSelectionOwner);
  }

  dispose(): void {
    this.#end();
    this.#x.dispose();
  }
}
