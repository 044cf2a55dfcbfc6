import { AppError } from '../../contract/errors.ts';
import { Turns } from '../turns.ts';
import type { AskedCopy, LeaseFile } from './lease-file.ts';
import type { OpenLoan } from './loan.ts';
import { fromNames, toNames, withAtoms } from './named-formats.ts';
import type { OfferedFormat } from './offered.ts';
import type { SelectionReader } from './read-selection.ts';
import { saveSelection } from './save-selection.ts';
import { type ClipboardFormat, type Request, SelectionOwner } from './selection-owner.ts';
import type { X11Connection } from './x11-connection.ts';

/** Longest that somebody who only looks waits for a loan to end; what they see after it may be what is lent. */
const lookLimitMs = 2000;
/** Somebody who copies at the moment that the clipboard is to be lent is let go first, this often. */
const mostTries = 3;

/**
 * The clipboard, lent for one paste or one copy: everything in it is saved before, and given back after. A process that dies
 * with it leaves a file, from which the next one gives it back.
 */
export class ClipboardLease {
  readonly #x: X11Connection;
  readonly #reader: SelectionReader;
  readonly #file: LeaseFile;
  readonly #turns = new Turns();
  /** Serves what was saved from an earlier lease, for as long as nobody else copies anything. */
  #owner: SelectionOwner | null = null;
  #saved: readonly ClipboardFormat[] = [];
  #onRequest: (request: Request) => void = () => {};
  #onLost: () => void = () => {};
  /** When somebody else copied while the clipboard was lent, by the clock of the display; null as long as it told of none. */
  #lostAt: number | null = null;
  /** What another client's copy is told to, where it was asked for. */
  #whenLost: (() => void) | null = null;

  constructor(x: X11Connection, reader: SelectionReader, file: LeaseFile) {
    this.#x = x;
    this.#reader = reader;
    this.#file = file;
  }

  /** Gives back what a process that died had lent, unless somebody has copied something since that it had not asked for. */
  async recover(wasAskedFor: (copy: AskedCopy) => Promise<boolean>): Promise<void> {
    return this.#turns.take(() => this.#recover(wasAskedFor));
  }

  /** After a loan: what another client wrote is taken out again where `isAskedFor`, and is theirs to keep where not. */
  async giveBackAgain(isAskedFor: () => Promise<boolean>): Promise<void> {
    return this.#turns.take(async () => {
      if (!(await isAskedFor())) return this.#file.forget();
      this.#owner = await this.#own(this.#saved, (await this.#reader.serverTime()) ?? 0);
    });
  }

  /** Once nothing is lent, and somebody else has taken what was given back: until then it would be gone with this process. */
  async untilTaken(): Promise<void> {
    await this.#turns.take(async () => {});
    if (this.#owner?.owns === true) await this.#owner.lost;
  }

  /** Looks at the clipboard while it is not lent: what is in it for a moment is nobody's business. */
  async whenFree<Value>(look: () => Promise<Value>): Promise<Value> {
    return this.#turns.take(look, lookLimitMs);
  }

  /**
   * Runs `work` while the clipboard holds what is offered. Throws `put-back/refused`, with the clipboard untouched, when
   * what is in it cannot be saved whole. `answerMs`: how long whoever has it may stay silent.
   */
  async during<Value>(
    offered: readonly OfferedFormat[],
    work: (loan: OpenLoan) => Promise<Value>,
    answerMs?: number,
  ): Promise<Value> {
    return this.#turns.take(() => this.#lend(offered, work, answerMs));
  }

  async #lend<Value>(
    offered: readonly OfferedFormat[],
    work: (loan: OpenLoan) => Promise<Value>,
    answerMs: number | undefined,
  ): Promise<Value> {
    const formats = await withAtoms(this.#x, offered);
    this.#whenLost = null;
    const { owner, lentAt } = await this.#take(formats, answerMs);
    this.#lostAt = null;
    this.#owner = owner;
    const lost = new Promise<void>((resolve) => {
      this.#onLost = resolve;
    });
    let isGivenBack = false;
    const giveBack: OpenLoan['giveBack'] = async (at) => {
      isGivenBack = true;
      owner.forget();
      this.#owner = await this.#own(this.#saved, at);
      return this.#owner.owns;
    };
    try {
      return await work({ ...this.#loan(), lost, holds: () => owner.owns, giveBack });
    } finally {
      this.#onRequest = () => {};
      this.#onLost = () => {};
      await this.#end(isGivenBack ? null : lentAt);
    }
  }

  #loan(): Omit<OpenLoan, 'lost' | 'holds' | 'giveBack'> {
    return {
      onRequest: (listener) => {
        this.#onRequest = listener;
      },
      lostAt: () => this.#lostAt,
      keep: (copy) => this.#keep(copy),
      whenLost: (listener) => {
        this.#whenLost = listener;
        return () => {
          if (this.#whenLost === listener) this.#whenLost = null;
        };
      },
    };
  }

  /** Saves what is there and owns the clipboard as of a moment before, so that whoever copies meanwhile keeps it (ICCCM 2.1). */
  async #take(
    formats: readonly ClipboardFormat[],
    answerMs: number | undefined,
  ): Promise<{ owner: SelectionOwner; lentAt: number }> {
    let lentAt = (await this.#reader.serverTime()) ?? 0;
    await this.#owner?.offer(formats, lentAt);
    if (this.#owner?.owns === true) return { owner: this.#owner, lentAt };
    for (let left = mostTries; left > 0; left -= 1) {
      lentAt = (await this.#reader.serverTime()) ?? 0;
      this.#saved = await this.#save(answerMs);
      await this.#keep(null);
      const owner = await this.#own(formats, lentAt);
      if (owner.owns) return { owner, lentAt };
    }
    await this.#file.forget();
    throw new AppError('put-back/refused', 'somebody else copies again and again');
  }

  /** `lentAt`: by the display's clock; null when everything is given back already. */
  async #end(lentAt: number | null): Promise<void> {
    const now = this.#owner;
    // Whoever wrote meanwhile keeps what they wrote, also who does so at this moment: their copy is later than the loan.
    if (lentAt !== null && now?.owns === true && this.#saved.length > 0) await now.offer(this.#saved, lentAt);
    if (now?.owns !== true) await this.#file.forget();
    else if (this.#saved.length === 0) await now.release();
  }

  async #recover(wasAskedFor: (copy: AskedCopy) => Promise<boolean>): Promise<void> {
    const left = await this.#file.left();
    if (left === null) return this.#file.forgetLeft();
    const { formats, copy } = left;
    const owner = await this.#x.selectionOwner('CLIPBOARD');
    if (owner !== 0 && (copy === null || !(await wasAskedFor(copy)))) return this.#file.forgetLeft();
    this.#saved = await fromNames(this.#x, formats);
    this.#owner = await this.#own(this.#saved, 0);
    if (this.#saved.length === 0) await this.#owner.release();
    // This process may die as well.
    else await this.#keep(null);
    await this.#file.forgetLeft();
  }

  /** `time` by the display's clock, 0 for now. The display refuses one that is older than what is there. */
  async #own(formats: readonly ClipboardFormat[], time: number): Promise<SelectionOwner> {
    const window = await this.#reader.window();
    const onLost = (at: number | null) => {
      this.#lostAt = at;
      // Somebody copied something: what was lent is theirs to replace, unless they were asked to.
      if (this.#whenLost === null) void this.#file.forget();
      else this.#whenLost();
      this.#onLost();
    };
    const onRequest = (request: Request) => this.#onRequest(request);
    return SelectionOwner.own(this.#x, window, 'CLIPBOARD', formats, { onRequest, onLost }, time);
  }

  async #keep(copy: AskedCopy | null): Promise<void> {
    const nothing = this.#saved.length === 0 && copy === null;
    const named = nothing ? null : await toNames(this.#x, this.#saved);
    if (named === null) await this.#file.forget();
    else await this.#file.keep(named, copy);
  }

  async #save(answerMs: number | undefined): Promise<readonly ClipboardFormat[]> {
    try {
      const limits = answerMs === undefined ? {} : { answerMs };
      return await saveSelection(this.#x, this.#reader, 'CLIPBOARD', limits);
    } catch (error) {
      throw new AppError('put-back/refused', `the clipboard could not be saved: ${String(error)}`);
    }
  }
}
