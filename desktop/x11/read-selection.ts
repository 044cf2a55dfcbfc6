import type { XEvent } from 'x11';
import { selectionLimitBytes } from '../../contract/desktop.ts';
import { AppError } from '../../contract/errors.ts';
import { withTimeLimit } from '../time-limit.ts';
import type { X11Connection } from './x11-connection.ts';

const propertyChangeMask = 0x00400000;
const inputOnly = 2;
const newValue = 0;
/** An owner that is alive answers within a few milliseconds. */
const firstAnswerMs = 400;
/** Each further piece of an incremental transfer. */
const nextPieceMs = 500;
const wholeTransferMs = 3000;
const wholePropertyLongs = Math.ceil(selectionLimitBytes / 4) + 1;

/** Reads X11 selections through a window of its own (ICCCM 2.4), in one piece or in many (INCR, ICCCM 2.7.2). */
export class SelectionReader {
  readonly #x: X11Connection;
  #window: Promise<number> | null = null;
  #count = 0;

  constructor(x: X11Connection) {
    this.#x = x;
  }

  /**
   * The content of a selection as one target, such as `UTF8_STRING`; null when the owner does not offer it. Throws
   * `capture/not-answering` for an owner that stays silent and `capture/too-large` beyond the limit.
   */
  async read(selection: string, target: string): Promise<Buffer | null> {
    const client = await this.#x.client();
    const window = await this.#ownWindow();
    // A property of its own for each request, so that a late answer to an earlier one is not taken for this one.
    this.#count = (this.#count + 1) % 16;
    const [selectionAtom, targetAtom, property] = await Promise.all([
      this.#x.atom(selection),
      this.#x.atom(target),
      this.#x.atom(`BECKON_SELECTION_${this.#count}`),
    ]);
    const isAnswer = (event: XEvent) =>
      event.name === 'SelectionNotify' && event.requestor === window && event.target === targetAtom;
    const answered = this.#next(isAnswer, firstAnswerMs);
    client.DeleteProperty(window, property);
    client.ConvertSelection(window, selectionAtom, targetAtom, property, 0);
    const answer = await answered;
    if (answer.name !== 'SelectionNotify' || answer.property === 0) return null;
    // Listening begins before the property is deleted, which is what makes the owner send the first piece.
    const pieces = this.#pieces(window, property);
    const value = await this.#x.readProperty(window, property, { longs: wholePropertyLongs, remove: true });
    try {
      if (value === null) return null;
      if (value.type !== (await this.#x.atom('INCR'))) {
        if (value.bytesAfter > 0) throw tooLarge(value.data.length + value.bytesAfter);
        return value.data;
      }
      return await withTimeLimit(this.#collect(window, property, pieces), wholeTransferMs, 'capture/not-answering');
    } finally {
      pieces.end();
    }
  }

  async #collect(window: number, property: number, pieces: Pieces): Promise<Buffer> {
    const parts: Buffer[] = [];
    let bytes = 0;
    while (true) {
      await withTimeLimit(pieces.next(), nextPieceMs, 'capture/not-answering');
      const value = await this.#x.readProperty(window, property, { longs: wholePropertyLongs, remove: true });
      if (value === null) throw new AppError('capture/not-answering', 'the transfer broke off');
      // An empty piece is the end.
      if (value.data.length === 0) return Buffer.concat(parts);
      parts.push(Buffer.from(value.data));
      bytes += value.data.length;
      if (bytes > selectionLimitBytes) throw tooLarge(bytes);
    }
  }

  /** Counts the announcements of new pieces, so that none is lost between two reads. */
  #pieces(window: number, property: number): Pieces {
    let announced = 0;
    let wake: (() => void) | null = null;
    const end = this.#x.onEvent((event) => {
      if (event.name !== 'PropertyNotify' || event.wid !== window) return;
      if (event.atom !== property || event.state !== newValue) return;
      announced += 1;
      wake?.();
    });
    const next = async () => {
      while (announced === 0) await new Promise<void>((resolve) => (wake = resolve));
      announced -= 1;
    };
    return { next, end };
  }

  #next(matches: (event: XEvent) => boolean, ms: number): Promise<XEvent> {
    let end = () => {};
    const came = new Promise<XEvent>((resolve) => {
      end = this.#x.onEvent((event) => matches(event) && resolve(event));
    });
    return withTimeLimit(came, ms, 'capture/not-answering').finally(() => end());
  }

  #ownWindow(): Promise<number> {
    this.#window ??= this.#makeWindow();
    return this.#window;
  }

  async #makeWindow(): Promise<number> {
    const client = await this.#x.client();
    const id = client.AllocID();
    client.CreateWindow(id, await this.#x.root(), -10, -10, 1, 1, 0, 0, inputOnly, 0, {
      eventMask: propertyChangeMask,
    });
    return id;
  }
}

interface Pieces {
  readonly next: () => Promise<void>;
  readonly end: () => void;
}

function tooLarge(bytes: number): AppError {
  return new AppError('capture/too-large', `${bytes} bytes`, { values: { limitBytes: selectionLimitBytes } });
}
