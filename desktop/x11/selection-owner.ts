import type { XEvent } from 'x11';
import { serverTime } from './server-time.ts';
import { propertyChangeMask, type X11Connection } from './x11-connection.ts';

/** One format of a clipboard: its target and type by atom, the width of its units in bits, its bytes. */
export interface ClipboardFormat {
  readonly target: number;
  readonly type: number;
  readonly units: number;
  readonly data: Buffer;
}

export interface Request {
  readonly requestor: number;
  readonly target: number;
}

const deleted = 1;
const replace = 0;
/** Larger contents go in pieces (INCR), as every owner does it; a request to the server has a limit of its own. */
const pieceBytes = 64 * 1024;
/** A reader that stopped in the middle is given up. */
const transferLimitMs = 10_000;
const atomType = 4;
const integerType = 19;

export interface OwnerEvents {
  /** After another client was given a format. */
  readonly onRequest: (request: Request) => void;
  /** Another client has taken the selection: as of this time by the display's clock, where the display told it. */
  readonly onLost: (at: number | null) => void;
}

/** Owns a selection and hands its formats out (ICCCM 2.2 to 2.7), until another client takes it. */
export class SelectionOwner {
  readonly #x: X11Connection;
  readonly #window: number;
  readonly #selection: number;
  readonly #events: OwnerEvents;
  #formats: readonly ClipboardFormat[];
  /** Null until the display has said so: what was lost before that was an earlier ownership. */
  #owns: boolean | null = null;
  /** Since when it owns the selection, by the clock of the display; 0 while that does not tell. */
  #since = 0;
  #end: () => void;
  readonly #lost = Promise.withResolvers<void>();

  private constructor(
    x: X11Connection,
    window: number,
    selection: number,
    formats: readonly ClipboardFormat[],
    events: OwnerEvents,
  ) {
    this.#x = x;
    this.#window = window;
    this.#selection = selection;
    this.#formats = formats;
    this.#events = events;
    const stop = x.onEvent((event) => this.#take(event));
    this.#end = () => {
      stop();
      this.#lost.resolve();
    };
  }

  /** `time` by the display's clock, 0 for now: one older than the selection's last change is refused (ICCCM 2.1). */
  static async own(
    x: X11Connection,
    window: number,
    selection: string,
    formats: readonly ClipboardFormat[],
    events: OwnerEvents,
    time = 0,
  ): Promise<SelectionOwner> {
    const owner = new SelectionOwner(x, window, await x.atom(selection), formats, events);
    await owner.#setOwner(time);
    return owner;
  }

  /** False once another client has written to the selection. */
  get owns(): boolean {
    return this.#owns === true;
  }

  /** Resolves once this hands nothing out any more. */
  get lost(): Promise<void> {
    return this.#lost.promise;
  }

  /**
   * Hands these out from now on, as what was copied at `time` by the display's clock, 0 for now. The display tells of it as of
   * any copy: browsers and others keep what they have read until they are told. Nothing changes when somebody has copied since.
   */
  async offer(formats: readonly ClipboardFormat[], time = 0): Promise<void> {
    if (!this.owns) return;
    this.#formats = formats;
    await this.#setOwner(time);
    if (!this.owns) this.#events.onLost(null);
  }

  /** Gives the selection up: nobody owns it then, as before anything was copied. */
  async release(): Promise<void> {
    if (this.#owns) (await this.#x.client()).SetSelectionOwner(0, this.#selection, 0);
    this.#owns = false;
    this.#end();
  }

  /** Hands nothing out any more, whoever owns the selection: another owner of the same window takes over. */
  forget(): void {
    this.#owns = false;
    this.#end();
  }

  async #setOwner(time: number): Promise<void> {
    const client = await this.#x.client();
    // Whoever asks when it was copied is told a time, which "now" is not (ICCCM 2.1).
    const since = time === 0 ? ((await serverTime(this.#x, this.#window)) ?? 0) : time;
    await new Promise<void>((resolve, reject) => {
      this.#owns = null;
      this.#since = since;
      client.SetSelectionOwner(this.#window, this.#selection, time);
      // The answer comes after the display has done it; what it tells after that is of this ownership, so it is noted at once.
      client.GetSelectionOwner(this.#selection, (error, owner) => {
        this.#owns = !error && owner === this.#window;
        if (!this.#owns) this.#end();
        if (error) reject(error);
        else resolve();
      });
    });
  }

  #take(event: XEvent): void {
    const ours = event.name === 'SelectionClear' && event.owner === this.#window && event.selection === this.#selection;
    if (ours && this.#owns === true) {
      this.#owns = false;
      this.#end();
      // The time that the display has recorded for the selection since: the new owner's.
      this.#events.onLost(event.time);
    }
    if (event.name === 'SelectionRequest' && event.owner === this.#window && event.selection === this.#selection) {
      this.#answer(event).catch(() => {});
    }
  }

  async #answer(event: Extract<XEvent, { name: 'SelectionRequest' }>): Promise<void> {
    const { requestor, target, selection, time } = event;
    // Old clients leave the property out and mean the target's name.
    const property = event.property === 0 ? target : event.property;
    const done = await this.#put(requestor, target, property);
    const client = await this.#x.client();
    const answer = { name: 'SelectionNotify', time, requestor, selection, target, property: done ? property : 0 };
    client.SendEvent(requestor, 0, 0, answer);
    if (done) this.#events.onRequest({ requestor, target });
  }

  async #put(requestor: number, target: number, property: number): Promise<boolean> {
    const client = await this.#x.client();
    const [targets, timestamp, incremental] = await Promise.all([
      this.#x.atom('TARGETS'),
      this.#x.atom('TIMESTAMP'),
      this.#x.atom('INCR'),
    ]);
    if (target === targets) {
      const list = new Set([targets, timestamp, ...this.#formats.map((format) => format.target)]);
      client.ChangeProperty(replace, requestor, property, atomType, 32, longs([...list]));
      return true;
    }
    if (target === timestamp && !this.#formats.some((one) => one.target === timestamp)) {
      if (this.#since === 0) return false;
      client.ChangeProperty(replace, requestor, property, integerType, 32, longs([this.#since]));
      return true;
    }
    const format = this.#formats.find((one) => one.target === target);
    if (format === undefined) return false;
    if (format.data.length <= pieceBytes) {
      client.ChangeProperty(replace, requestor, property, format.type, format.units, format.data);
      return true;
    }
    client.ChangeWindowAttributes(requestor, { eventMask: propertyChangeMask });
    client.ChangeProperty(replace, requestor, property, incremental, 32, longs([format.data.length]));
    this.#sendPieces(requestor, property, format);
    return true;
  }

  /** Each piece goes when the reader has deleted the one before; an empty one is the end. */
  #sendPieces(requestor: number, property: number, { type, units, data }: ClipboardFormat): void {
    let at = 0;
    let finished = false;
    const stop = this.#x.onEvent((event) => {
      if (finished || event.name !== 'PropertyNotify' || event.wid !== requestor) return;
      if (event.atom !== property || event.state !== deleted) return;
      const piece = data.subarray(at, at + pieceBytes);
      at += piece.length;
      if (piece.length === 0) end();
      void this.#x.client().then((client) => client.ChangeProperty(replace, requestor, property, type, units, piece));
    });
    const limit = setTimeout(() => end(), transferLimitMs);
    limit.unref();
    const end = () => {
      finished = true;
      clearTimeout(limit);
      stop();
    };
  }
}

function longs(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value >>> 0, index * 4);
  return bytes;
}
