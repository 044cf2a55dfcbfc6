import type { ClipboardLease } from './clipboard-lease.ts';
import type { AskedCopy } from './lease-file.ts';
import type { Loan, OpenLoan } from './loan.ts';
import type { OfferedFormat } from './offered.ts';
import type { SelectionReader } from './read-selection.ts';
import type { X11Connection } from './x11-connection.ts';

/** A busy application is asked this often when it copied. */
const mostTimesAsked = 3;

/** The clipboard while it is lent to an application that is asked to copy. */
export interface AskedLoan extends Loan {
  /** What the client of a window writes because it was asked to is taken out again when the loan ends; null: it was not. */
  readonly expectCopy: (copy: AskedCopy | null) => Promise<void>;
  /** What that client writes after the loan has ended, but before `done`, is taken out again as well. */
  readonly expectStill: (done: Promise<void>) => void;
  /** The loan ends when the client that copied has looked at what is given back, at most this much later. */
  readonly untilSeen: (limitMs: number) => void;
}

/** What is known of a loan by its end. */
interface Ending {
  asked: AskedCopy | null;
  still: Promise<void> | null;
  seenLimitMs: number;
}

export interface LateCopyDeps {
  readonly x: Pick<X11Connection, 'selectionOwner' | 'sameClient'>;
  readonly reader: Pick<SelectionReader, 'copiedAt' | 'serverTime'>;
  readonly lease: Pick<ClipboardLease, 'during' | 'giveBackAgain' | 'recover'>;
}

/** The clipboard, lent for a copy that another application is asked for: what it copies is nobody's, however late it comes. */
export class LateCopy {
  readonly #deps: LateCopyDeps;

  constructor(deps: LateCopyDeps) {
    this.#deps = deps;
  }

  /** Gives back what a process that died had lent, also where the application that it had asked has copied since. */
  async recover(): Promise<void> {
    return this.#deps.lease.recover(async (copy) => (await this.#copiedByAsked(copy)) !== null);
  }

  /** Runs `work` while the clipboard holds what is offered. Throws as `ClipboardLease.during` does. */
  async during<Value>(offered: readonly OfferedFormat[], work: (loan: AskedLoan) => Promise<Value>): Promise<Value> {
    return this.#deps.lease.during(offered, async (loan) => {
      const ending: Ending = { asked: null, still: null, seenLimitMs: 0 };
      try {
        return await work(askedLoan(loan, ending));
      } finally {
        await this.#end(loan, ending);
      }
    });
  }

  async #end(loan: OpenLoan, { asked, still, seenLimitMs }: Ending): Promise<void> {
    if (asked === null) return;
    const { lease } = this.#deps;
    const takeBackLate = () => void lease.giveBackAgain(() => this.#isOwnedBy(asked.window)).catch(() => {});
    const endLate = loan.whenLost(still === null ? () => {} : takeBackLate);
    void still?.then(endLate);
    const seen = seenLimitMs > 0 ? this.#isSeenBy(loan, asked.window, seenLimitMs) : null;
    await this.#takeBack(loan, asked);
    if (still === null) endLate();
    await seen;
  }

  /** Once the client of a window has asked for anything of what is offered from now on. */
  #isSeenBy({ onRequest }: Loan, window: number, limitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(limit);
        onRequest(() => {});
        resolve();
      };
      const limit = setTimeout(end, limitMs);
      onRequest(({ requestor }) => {
        void this.#deps.x.sameClient(requestor, window).then((isSame) => isSame && end());
      });
    });
  }

  /**
   * Gives the clipboard back as of a moment after the copy was asked for: whoever copied since has a later one and keeps it,
   * and an application that copies only now, on being asked long ago, is refused by the display (ICCCM 2.1).
   */
  async #takeBack(loan: OpenLoan, asked: AskedCopy): Promise<void> {
    if ((await loan.giveBack((asked.at + 1) >>> 0)) || !(await this.#isOwnedBy(asked.window))) return;
    // The display tells when they copied, also where they are too busy to tell it.
    const lostAt = loan.lostAt();
    if (lostAt !== null && isOf(asked, lostAt) && (await loan.giveBack(lostAt))) return;
    const copiedAt = await this.#copiedByAsked(asked);
    // The time of that very copy is taken: whoever copies since has a later one.
    if (copiedAt === null || (await loan.giveBack(copiedAt))) return;
    // Some tell another time than the one they copied with.
    if ((await this.#copiedByAsked(asked)) === copiedAt)
      await loan.giveBack((await this.#deps.reader.serverTime()) ?? 0);
  }

  /** When an application copied because it was asked to; null when the clipboard holds what somebody copied since. */
  async #copiedByAsked(asked: AskedCopy): Promise<number | null> {
    if (!(await this.#isOwnedBy(asked.window))) return null;
    const copiedAt = await this.#deps.reader.copiedAt('CLIPBOARD', mostTimesAsked);
    return copiedAt !== null && isOf(asked, copiedAt) ? copiedAt : null;
  }

  async #isOwnedBy(window: number): Promise<boolean> {
    const { x } = this.#deps;
    const owner = await x.selectionOwner('CLIPBOARD');
    return owner !== 0 && (await x.sameClient(owner, window));
  }
}

function askedLoan(loan: OpenLoan, ending: Ending): AskedLoan {
  let endAsked = () => {};
  return {
    onRequest: loan.onRequest,
    lost: loan.lost,
    holds: loan.holds,
    expectCopy: async (copy) => {
      ending.asked = copy;
      endAsked();
      // What was saved is not forgotten for a copy that was asked for.
      if (copy !== null) endAsked = loan.whenLost(() => {});
      await loan.keep(copy);
    },
    expectStill: (done) => {
      ending.still = done;
    },
    untilSeen: (limitMs) => {
      ending.seenLimitMs = limitMs;
    },
  };
}

/** Whether a copy of that time is the one that was asked for. The clock is 32 bits of milliseconds and starts over. */
function isOf({ at, withinMs }: AskedCopy, copiedAt: number): boolean {
  return (copiedAt - at) >>> 0 < withinMs;
}
