import { AppError } from '../../contract/errors.ts';
import { Turns } from '../turns.ts';
import type { AskedCopy, LeaseFile } from './lease-file.ts';
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
/** A busy application is asked this often when it copied. */
const mostTimesAsked = 3;

/** The clipboard while it is lent. */
export interface Loan {
  /** Told of each client that reads what is offered. */
  readonly onRequest: (listener: (request: Request) => void) => void;
  /** Resolves once another client has written to the clipboard. */
  readonly lost: Promise<void>;
  /** False from then on. */
  readonly holds: () => boolean;
  /** What the client of a window writes because it was asked to is taken out again when the loan ends; null: it was not. */
  readonly expectCopy: (copy: AskedCopy | null) => Promise<void>;
  /** What that client writes after the loan has ended, but before `done`, is taken out again as well. */
  readonly expectStill: (done: Promise<void>) => void;
  /** The loan ends when the client that copied has looked at what is given back, at most this much later. */
  readonly untilSeen: (limitMs: number) => void;
}

/** What is known of a loan by its end. */
interface Ending {
  /** By the display's clock; 0 when it did not tell. */
  readonly lentAt: number;
  still: Promise<void> | null;
  seenLimitMs: number;
}

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
  /** The copy that another application was asked for while the clipboard is lent. */
  #asked: AskedCopy | null = null;
  /** The copy that is still expected after the loan, while the application has not worked through what it was sent. */
  #late: AskedCopy | null = null;

  constructor(x: X11Connection, reader: SelectionReader, file: LeaseFile) {
    this.#x = x;
    this.#reader = reader;
    this.#file = file;
  }

  /** Gives back what a process that died had lent, unless somebody has copied something since. */
  async recover(): Promise<void> {
    return this.#turns.take(() => this.#recover());
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
   * what is in it cannot be saved whole.
   */
  async during<Value>(offered: readonly OfferedFormat[], work: (loan: Loan) => Promise<Value>): Promise<Value> {
    return this.#turns.take(() => this.#lend(offered, work));
  }

  async #lend<Value>(offered: readonly OfferedFormat[], work: (loan: Loan) => Promise<Value>): Promise<Value> {
    const formats = await withAtoms(this.#x, offered);
    this.#late = null;
    const { owner, lentAt } = await this.#take(formats);
    this.#lostAt = null;
    this.#owner = owner;
    const lost = new Promise<void>((resolve) => {
      this.#onLost = resolve;
    });
    const onRequest: Loan['onRequest'] = (listener) => {
      this.#onRequest = listener;
    };
    const expectCopy: Loan['expectCopy'] = async (copy) => {
      this.#asked = copy;
      await this.#keep(copy);
    };
    const ending: Ending = { lentAt, still: null, seenLimitMs: 0 };
    const expectStill = (done: Promise<void>) => {
      ending.still = done;
    };
    const untilSeen = (limitMs: number) => {
      ending.seenLimitMs = limitMs;
    };
    try {
      return await work({ onRequest, lost, holds: () => owner.owns, expectCopy, expectStill, untilSeen });
    } finally {
      this.#onRequest = () => {};
      this.#onLost = () => {};
      await this.#end(owner, ending);
    }
  }

  /** Saves what is there and owns the clipboard as of a moment before, so that whoever copies meanwhile keeps it (ICCCM 2.1). */
  async #take(formats: readonly ClipboardFormat[]): Promise<{ owner: SelectionOwner; lentAt: number }> {
    let lentAt = (await this.#reader.serverTime()) ?? 0;
    await this.#owner?.offer(formats, lentAt);
    if (this.#owner?.owns === true) return { owner: this.#owner, lentAt };
    for (let left = mostTries; left > 0; left -= 1) {
      lentAt = (await this.#reader.serverTime()) ?? 0;
      this.#saved = await this.#save();
      await this.#keep(null);
      const owner = await this.#own(formats, lentAt);
      if (owner.owns) return { owner, lentAt };
    }
    await this.#file.forget();
    throw new AppError('put-back/refused', 'somebody else copies again and again');
  }

  /** Once the client of a window has asked for anything of what is offered from now on. */
  #isSeenBy(window: number, limitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(limit);
        this.#onRequest = () => {};
        resolve();
      };
      const limit = setTimeout(end, limitMs);
      this.#onRequest = ({ requestor }) => {
        void this.#x.sameClient(requestor, window).then((isSame) => isSame && end());
      };
    });
  }

  async #end(owner: SelectionOwner, { lentAt, still, seenLimitMs }: Ending): Promise<void> {
    const asked = this.#asked;
    if (still !== null && asked !== null) this.#expectLate(asked, still);
    const seen = asked !== null && seenLimitMs > 0 ? this.#isSeenBy(asked.window, seenLimitMs) : null;
    const now = asked === null ? owner : await this.#takeBack(owner, asked);
    this.#asked = null;
    this.#owner = now;
    await seen;
    // Whoever wrote meanwhile keeps what they wrote, also who does so at this moment: their copy is later than the loan.
    if (asked === null && now.owns && this.#saved.length > 0) await now.offer(this.#saved, lentAt);
    if (!now.owns) await this.#file.forget();
    else if (this.#saved.length === 0) await now.release();
  }

  /**
   * Owns the clipboard anew from a moment after the copy was asked for: whoever copied since has a later one and keeps it,
   * and an application that copies only now, on being asked long ago, is refused by the display (ICCCM 2.1).
   */
  async #takeBack(owner: SelectionOwner, asked: AskedCopy): Promise<SelectionOwner> {
    owner.forget();
    const anew = await this.#own(this.#saved, (asked.at + 1) >>> 0);
    if (anew.owns || !(await this.#isOwnedBy(asked.window))) return anew;
    // The display tells when they copied, also where they are too busy to tell it.
    if (this.#lostAt !== null && isOf(asked, this.#lostAt)) {
      const back = await this.#own(this.#saved, this.#lostAt);
      if (back.owns) return back;
    }
    const copiedAt = await this.#copiedByAsked(asked);
    if (copiedAt === null) return anew;
    // The time of that very copy is taken: whoever copies since has a later one.
    const after = await this.#own(this.#saved, copiedAt);
    // Some tell another time than the one they copied with.
    const isTheirs = !after.owns && (await this.#copiedByAsked(asked)) === copiedAt;
    return isTheirs ? this.#own(this.#saved, (await this.#reader.serverTime()) ?? 0) : after;
  }

  #expectLate(asked: AskedCopy, done: Promise<void>): void {
    this.#late = asked;
    void done.then(() => {
      if (this.#late === asked) this.#late = null;
    });
  }

  async #takeBackLate({ window }: AskedCopy): Promise<void> {
    if (!(await this.#isOwnedBy(window))) return this.#file.forget();
    this.#owner = await this.#own(this.#saved, (await this.#reader.serverTime()) ?? 0);
  }

  /** When an application copied because it was asked to; null when the clipboard holds what somebody copied since. */
  async #copiedByAsked(asked: AskedCopy): Promise<number | null> {
    if (!(await this.#isOwnedBy(asked.window))) return null;
    const copiedAt = await this.#reader.copiedAt('CLIPBOARD', mostTimesAsked);
    return copiedAt !== null && isOf(asked, copiedAt) ? copiedAt : null;
  }

  async #isOwnedBy(window: number): Promise<boolean> {
    const owner = await this.#x.selectionOwner('CLIPBOARD');
    return owner !== 0 && (await this.#x.sameClient(owner, window));
  }

  async #recover(): Promise<void> {
    const left = await this.#file.left();
    if (left === null) return this.#file.forgetLeft();
    const { formats, copy } = left;
    const owner = await this.#x.selectionOwner('CLIPBOARD');
    if (owner !== 0 && (copy === null || (await this.#copiedByAsked(copy)) === null)) return this.#file.forgetLeft();
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
      const late = this.#late;
      // Somebody copied something: what was lent is theirs to replace, unless they were asked to.
      if (late !== null) void this.#turns.take(() => this.#takeBackLate(late)).catch(() => {});
      else if (this.#asked === null) void this.#file.forget();
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

  async #save(): Promise<readonly ClipboardFormat[]> {
    try {
      return await saveSelection(this.#x, this.#reader, 'CLIPBOARD');
    } catch (error) {
      throw new AppError('put-back/refused', `the clipboard could not be saved: ${String(error)}`);
    }
  }
}

/** Whether a copy of that time is the one that was asked for. The clock is 32 bits of milliseconds and starts over. */
function isOf({ at, withinMs }: AskedCopy, copiedAt: number): boolean {
  return (copiedAt - at) >>> 0 < withinMs;
}
