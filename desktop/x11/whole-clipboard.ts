import { type ClipboardFormatByName, type PortAnswer, wholeClipboardLimitBytes } from '../../contract/desktop.ts';
import { AppError, toErrorShape } from '../../contract/errors.ts';
import { isSecretMarker } from '../secret-markers.ts';
import type { ClipboardCopies } from './clipboard-copies.ts';
import type { ClipboardLease } from './clipboard-lease.ts';
import { ClipboardWatch } from './clipboard-watch.ts';
import { fromNames, toNames } from './named-formats.ts';
import type { SelectionReader } from './read-selection.ts';
import { saveSelection } from './save-selection.ts';
import { atomsOf, type X11Connection } from './x11-connection.ts';

export interface WholeClipboardDeps {
  readonly x: X11Connection;
  readonly display: string | undefined;
  readonly reader: SelectionReader;
  readonly lease: ClipboardLease;
  readonly copies: ClipboardCopies;
}

/** What somebody copied, with all of its formats: told of, taken whole, and copied again. */
export class WholeClipboard {
  readonly #deps: WholeClipboardDeps;

  constructor(deps: WholeClipboardDeps) {
    this.#deps = deps;
  }

  /** Each time that somebody has copied something, until it is aborted; several in a row may be told as one. */
  async *watch(signal: AbortSignal): AsyncGenerator<{ readonly type: 'copied' }> {
    let hasCopied = false;
    let isOver = false;
    let wake = () => {};
    const end = () => {
      isOver = true;
      wake();
    };
    const watch = new ClipboardWatch(this.#deps.display, () => {
      hasCopied = true;
      wake();
    });
    signal.addEventListener('abort', end);
    void watch.closed.then(end);
    try {
      await watch.start();
      while (!isOver && !signal.aborted) {
        if (hasCopied) {
          hasCopied = false;
          yield { type: 'copied' };
        } else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    } finally {
      signal.removeEventListener('abort', end);
      watch.dispose();
    }
  }

  async save(): Promise<PortAnswer<readonly ClipboardFormatByName[]>> {
    try {
      const formats = await this.#deps.lease.whenFree(() => this.#save());
      return formats === null ? { status: 'nothing', cause: null } : { status: 'available', value: formats };
    } catch (error) {
      return { status: 'denied', cause: toErrorShape(error) };
    }
  }

  async offer(formats: readonly ClipboardFormatByName[]): Promise<PortAnswer<null>> {
    const { x, copies } = this.#deps;
    try {
      await copies.copyWhole(await fromNames(x, formats));
      return { status: 'available', value: null };
    } catch (error) {
      return { status: 'denied', cause: toErrorShape(error) };
    }
  }

  async #save(): Promise<readonly ClipboardFormatByName[] | null> {
    const { x, reader } = this.#deps;
    const owner = await x.selectionOwner('CLIPBOARD');
    // What is lent, and what was given back after it, somebody else has copied before.
    if (owner === 0 || owner === (await reader.window())) return null;
    const targets = atomsOf((await reader.read('CLIPBOARD', 'TARGETS')) ?? Buffer.alloc(0));
    for (const target of new Set(targets))
      if (isSecretMarker(await x.atomName(target)))
        throw new AppError('capture/clipboard-secret', 'marked as a secret by its owner');
    const limits = { bytes: wholeClipboardLimitBytes, without: ['TIMESTAMP'] };
    const formats = await saveSelection(x, reader, 'CLIPBOARD', limits);
    // Somebody else may have copied while it was read: half of one and half of another is nothing that anybody copied.
    if ((await x.selectionOwner('CLIPBOARD')) !== owner) return null;
    return formats.length === 0 ? null : toNames(x, formats);
  }
}
