import type { Disposable } from '../../contract/disposable.ts';
import { AppError } from '../../contract/errors.ts';
import type { LeaseFile } from './lease-file.ts';
import { toNames, withAtoms } from './named-formats.ts';
import { offerText } from './offered.ts';
import { SelectionReader } from './read-selection.ts';
import { type ClipboardFormat, SelectionOwner } from './selection-owner.ts';
import { X11Connection } from './x11-connection.ts';

/**
 * What Beckon itself copies: the clipboard alone, never PRIMARY. By a connection of its own, so that a copy made while the
 * clipboard is lent is to the lease what any other program's copy is, and the other way about.
 */
export class ClipboardCopies implements Disposable {
  readonly #x: X11Connection;
  readonly #reader: SelectionReader;
  readonly #file: LeaseFile;
  #owner: SelectionOwner | null = null;
  #text: string | null = null;

  constructor(display: string | undefined, file: LeaseFile) {
    this.#x = new X11Connection(display);
    this.#reader = new SelectionReader(this.#x);
    this.#file = file;
  }

  /** Whether this is what was copied last: a program that keeps copies may offer it again under its own name. */
  isCopied(text: string): boolean {
    return text === this.#text;
  }

  /** Throws `desktop/not-answering` when the display gives the clipboard to somebody else at that moment. */
  async copy(text: string, html: string | null = null): Promise<void> {
    this.#text = text;
    await this.copyWhole(await withAtoms(this.#x, offerText(text, html)));
  }

  /** Copies formats as they are. Throws what `copy` throws. */
  async copyWhole(formats: readonly ClipboardFormat[]): Promise<void> {
    const time = (await this.#reader.serverTime()) ?? 0;
    const named = await toNames(this.#x, formats);
    if (named !== null) await this.#file.keep(named, null);
    if (this.#owner?.owns === true) await this.#owner.offer(formats, time);
    else this.#owner = await this.#own(formats, time);
    if (this.#owner.owns) return;
    await this.#file.forget();
    throw new AppError('desktop/not-answering', 'somebody else copied at this moment');
  }

  /** Once somebody else has copied something. */
  async untilTaken(): Promise<void> {
    if (this.#owner?.owns === true) await this.#owner.lost;
  }

  dispose(): void {
    this.#file.dispose();
    this.#x.dispose();
  }

  async #own(formats: Parameters<typeof SelectionOwner.own>[3], time: number): Promise<SelectionOwner> {
    const events = { onRequest: () => {}, onLost: () => void this.#file.forget() };
    return SelectionOwner.own(this.#x, await this.#reader.window(), 'CLIPBOARD', formats, events, time);
  }
}
