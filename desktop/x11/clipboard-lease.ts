import { AppError } from '../../contract/errors.ts';
import { secretTarget } from './clipboard-reader.ts';
import type { LeaseFile, SavedFormats } from './lease-file.ts';
import type { SelectionReader } from './read-selection.ts';
import { type ClipboardFormat, type Request, SelectionOwner } from './selection-owner.ts';
import type { X11Connection } from './x11-connection.ts';

/** Targets that every owner answers from what it knows itself; they hold no content. */
const withoutContent = new Set([
  'TARGETS',
  'TIMESTAMP',
  'MULTIPLE',
  'SAVE_TARGETS',
  'DELETE',
  'INSERT_SELECTION',
  'INSERT_PROPERTY',
]);
const textTargets = ['UTF8_STRING', 'text/plain;charset=utf-8', 'TEXT', 'STRING'] as const;
/** More than any clipboard that a person waits for; a larger one is not taken away from its owner. */
const savedLimitBytes = 128 * 1024 * 1024;

/**
 * The clipboard, lent for one paste: everything in it is saved before, and given back after. A process that dies with it
 * leaves a file, from which the next one gives it back.
 */
export class ClipboardLease {
  readonly #x: X11Connection;
  readonly #reader: SelectionReader;
  readonly #file: LeaseFile;
  /** Serves what was saved from an earlier lease, for as long as nobody else copies anything. */
  #owner: SelectionOwner | null = null;
  #saved: readonly ClipboardFormat[] = [];
  #onRequest: (request: Request) => void = () => {};

  constructor(x: X11Connection, reader: SelectionReader, file: LeaseFile) {
    this.#x = x;
    this.#reader = reader;
    this.#file = file;
  }

  /** Gives back what a process that died had lent, unless somebody has copied something since. */
  async recover(): Promise<void> {
    const left = await this.#file.left();
    if (left.length === 0) return;
    if ((await this.#x.selectionOwner('CLIPBOARD')) !== 0) return this.#file.forget();
    this.#saved = await Promise.all(
      left.map(async ({ target, type, units, data }) => ({
        target: await this.#x.atom(target),
        type: await this.#x.atom(type),
        units,
        data: Buffer.from(data, 'base64'),
      })),
    );
    this.#owner = await this.#own(this.#saved);
  }

  /**
   * Runs `work` while the clipboard holds `text`; `work` is told of each client that reads it. Throws `put-back/refused`,
   * with the clipboard untouched, when what is in it cannot be saved whole.
   */
  async during<Value>(
    text: string,
    work: (onRequest: (listener: (request: Request) => void) => void) => Promise<Value>,
  ) {
    const formats = await this.#textFormats(text);
    const ours = this.#owner?.owns === true;
    if (!ours) {
      this.#saved = await this.#save();
      await this.#keep(this.#saved);
    }
    const owner = ours && this.#owner !== null ? this.#owner : await this.#own(formats);
    owner.offer(formats);
    this.#owner = owner;
    try {
      return await work((listener) => {
        this.#onRequest = listener;
      });
    } finally {
      this.#onRequest = () => {};
      // Whoever wrote meanwhile keeps what they wrote.
      if (owner.owns) {
        if (this.#saved.length === 0) await owner.release();
        else owner.offer(this.#saved);
      } else await this.#file.forget();
    }
  }

  async #own(formats: readonly ClipboardFormat[]): Promise<SelectionOwner> {
    const window = await this.#reader.window();
    return SelectionOwner.own(this.#x, window, 'CLIPBOARD', formats, {
      onRequest: (request) => this.#onRequest(request),
      // Somebody copied something: what was lent is theirs to replace.
      onLost: () => void this.#file.forget(),
    });
  }

  /** A secret is not written anywhere, not even where only this user can read. */
  async #keep(formats: readonly ClipboardFormat[]): Promise<void> {
    const secret = await this.#x.atom(secretTarget);
    if (formats.length === 0 || formats.some(({ target }) => target === secret)) return this.#file.forget();
    const named = await Promise.all(
      formats.map(
        async ({ target, type, units, data }): Promise<SavedFormats[number]> => ({
          target: await this.#x.atomName(target),
          type: await this.#x.atomName(type),
          units: units === 16 || units === 32 ? units : 8,
          data: data.toString('base64'),
        }),
      ),
    );
    await this.#file.keep(named);
  }

  /** Every format of the clipboard as it is; empty when nobody owns it. */
  async #save(): Promise<readonly ClipboardFormat[]> {
    if ((await this.#x.selectionOwner('CLIPBOARD')) === 0) return [];
    try {
      const list = await this.#reader.read('CLIPBOARD', 'TARGETS');
      const skip = new Set(await Promise.all([...withoutContent].map((name) => this.#x.atom(name))));
      const formats: ClipboardFormat[] = [];
      let bytes = 0;
      for (const target of new Set(atomsOf(list ?? Buffer.alloc(0)))) {
        if (skip.has(target)) continue;
        const value = await this.#reader.readValue('CLIPBOARD', target);
        // Some owners name a format that they do not have.
        if (value === null) continue;
        bytes += value.data.length;
        if (bytes > savedLimitBytes) throw new Error(`more than ${savedLimitBytes} bytes`);
        formats.push({ target, ...value });
      }
      return formats;
    } catch (error) {
      throw new AppError('put-back/refused', `the clipboard could not be saved: ${String(error)}`);
    }
  }

  async #textFormats(text: string): Promise<readonly ClipboardFormat[]> {
    const data = Buffer.from(text, 'utf8');
    const [utf8, ...atoms] = await Promise.all(['UTF8_STRING', ...textTargets].map((name) => this.#x.atom(name)));
    return atoms.map((target) => ({ target, type: utf8 ?? target, units: 8, data }));
  }
}

function atomsOf(bytes: Buffer): readonly number[] {
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) => bytes.readUInt32LE(index * 4));
}
