import type { XEvent } from 'x11';
import { selectionLimitBytes } from '../../contract/desktop.ts';
import { AppError } from '../../contract/errors.ts';
import { withTimeLimit } from '../time-limit.ts';
import { AbandonedTransfers } from './abandoned-transfers.ts';
import { serverTime } from './server-time.ts';
import { propertyChangeMask, type X11Connection } from './x11-connection.ts';

const inputOnly = 2;
const newValue = 0;
/** Atom of the type INTEGER, one of those that every display has. */
const integerType = 19;
/** An owner that is alive answers within a few milliseconds. */
const firstAnswerMs = 400;
/** While something is put back for a person who waits for it: on a machine with much else to do an owner gets its turn later. */
export const patientAnswerMs = 3000;
/** Each further piece of an incremental transfer. */
const nextPieceMs = 500;
const wholeTransferMs = 3000;
const properties = 32;
const timestampLimitBytes = 64;
/** For reads that are not bounded by what a selection may be. */
const wholeLimitBytes = 128 * 1024 * 1024;

/** Reads X11 selections through a window of its own (ICCCM 2.4), in one piece or in many (INCR, ICCCM 2.7.2). */
export class SelectionReader {
  readonly #x: X11Connection;
  readonly #abandoned: AbandonedTransfers;
  #window: Promise<number> | null = null;
  #count = 0;

  constructor(x: X11Connection) {
    this.#x = x;
    this.#abandoned = new AbandonedTransfers(x);
  }

  /**
   * The content of a selection as one target, such as `UTF8_STRING`; null when the owner does not offer it. Throws
   * `capture/not-answering` for an owner that stays silent for `answerMs` and `capture/too-large` beyond the limit.
   */
  async read(selection: string, target: string, answerMs = firstAnswerMs): Promise<Buffer | null> {
    const asked = { limitBytes: selectionLimitBytes, answerMs };
    const value = await this.readValue(selection, await this.#x.atom(target), asked);
    return value?.data ?? null;
  }

  /** Reads a selection with the type and the width of its units as its owner gave them. */
  async readValue(
    selection: string,
    target: number,
    { limitBytes = wholeLimitBytes, answerMs = firstAnswerMs }: ReadLimits = {},
  ): Promise<SelectionValue | null> {
    const [window, property] = await Promise.all([this.window(), this.#ownProperty()]);
    try {
      return await this.#ask(selection, { window, property, target, limitBytes, answerMs });
    } catch (error) {
      this.#abandoned.take(window, property);
      throw error;
    }
  }

  /** Makes a property for each request: a late answer to an earlier one must not be taken for this one. */
  async #ownProperty(): Promise<number> {
    for (let left = properties; ; left -= 1) {
      this.#count = (this.#count + 1) % properties;
      const property = await this.#x.atom(`BECKON_SELECTION_${this.#count}`);
      if (left <= 1 || !this.#abandoned.has(property)) return property;
    }
  }

  async #ask(
    selection: string,
    { window, property, target, limitBytes, answerMs }: Asked,
  ): Promise<SelectionValue | null> {
    const [client, selectionAtom] = await Promise.all([this.#x.client(), this.#x.atom(selection)]);
    const isAnswer = (event: XEvent) =>
      event.name === 'SelectionNotify' &&
      event.requestor === window &&
      event.target === target &&
      // 0 is a refusal, which does not say of what.
      (event.property === property || event.property === 0);
    const answered = this.#next(isAnswer, answerMs);
    client.DeleteProperty(window, property);
    client.ConvertSelection(window, selectionAtom, target, property, 0);
    const answer = await answered;
    if (answer.name !== 'SelectionNotify' || answer.property === 0) return null;
    // Listening begins before the property is deleted, which is what makes the owner send the first piece.
    const pieces = this.#pieces(window, property);
    try {
      const longs = Math.ceil(limitBytes / 4) + 1;
      const value = await this.#x.readProperty(window, property, { longs, remove: true });
      if (value === null) return null;
      const { type, format: units, data, bytesAfter } = value;
      if (type === (await this.#x.atom('INCR'))) {
        const whole = this.#collect({ window, property, limitBytes }, pieces);
        return await withTimeLimit(whole, wholeTransferMs, 'capture/not-answering');
      }
      if (bytesAfter > 0) throw tooLarge(data.length + bytesAfter, limitBytes);
      return { type, units, data };
    } finally {
      pieces.end();
    }
  }

  /**
   * When a selection was made by the display's clock (ICCCM 2.6.2, TIMESTAMP), as its owner tells it; null for one that does
   * not say. `tries`: how often an owner that stays silent is asked.
   */
  async copiedAt(selection: string, tries = 1): Promise<number | null> {
    const target = await this.#x.atom('TIMESTAMP');
    const ask = () =>
      this.readValue(selection, target, { limitBytes: timestampLimitBytes }).catch(() => 'silent' as const);
    let value = await ask();
    for (let left = tries - 1; left > 0 && value === 'silent'; left -= 1) value = await ask();
    if (value === 'silent') return null;
    // Some give a text or a list of atoms, which is no time.
    if (value === null || value.units !== 32 || value.data.length !== 4) return null;
    if (value.type !== integerType && value.type !== target) return null;
    // 0 stands for "now" where a time is asked for, and tells none as an answer.
    return value.data.readUInt32LE(0) || null;
  }

  /** The display's clock now, in milliseconds; null when it does not answer. */
  async serverTime(): Promise<number | null> {
    return serverTime(this.#x, await this.window());
  }

  /** The window that asks, which belongs to this process and is never seen. */
  window(): Promise<number> {
    this.#window ??= this.#makeWindow();
    return this.#window;
  }

  async #collect({ window, property, limitBytes }: Transfer, pieces: Pieces): Promise<SelectionValue> {
    const parts: Buffer[] = [];
    let bytes = 0;
    let units = 8;
    let type = 0;
    while (true) {
      await withTimeLimit(pieces.next(), nextPieceMs, 'capture/not-answering');
      const longs = Math.ceil(limitBytes / 4) + 1;
      const value = await this.#x.readProperty(window, property, { longs, remove: true });
      if (value === null) throw new AppError('capture/not-answering', 'the transfer broke off');
      // An empty piece is the end.
      if (value.data.length === 0) return { type, units, data: Buffer.concat(parts) };
      ({ type, format: units } = value);
      parts.push(Buffer.from(value.data));
      bytes += value.data.length;
      if (bytes > limitBytes) throw tooLarge(bytes, limitBytes);
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

  async #makeWindow(): Promise<number> {
    const client = await this.#x.client();
    const id = client.AllocID();
    client.CreateWindow(id, await this.#x.root(), -10, -10, 1, 1, 0, 0, inputOnly, 0, {
      eventMask: propertyChangeMask,
    });
    return id;
  }
}

/** `answerMs`: how long an owner may stay silent. */
export interface ReadLimits {
  readonly limitBytes?: number;
  readonly answerMs?: number;
}

/** What an owner gave for one target. */
export interface SelectionValue {
  /** Atom of the type. */
  readonly type: number;
  /** Width of a unit in bits: 8, 16 or 32. */
  readonly units: number;
  readonly data: Buffer;
}

interface Transfer {
  readonly window: number;
  readonly property: number;
  readonly limitBytes: number;
}

interface Asked extends Transfer {
  readonly target: number;
  readonly answerMs: number;
}

interface Pieces {
  readonly next: () => Promise<void>;
  readonly end: () => void;
}

function tooLarge(bytes: number, limitBytes: number): AppError {
  return new AppError('capture/too-large', `${bytes} bytes`, { values: { limitBytes } });
}
