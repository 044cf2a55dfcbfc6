import type { AskedCopy } from './lease-file.ts';
import type { Request } from './selection-owner.ts';

/** The clipboard while it is lent. */
export interface Loan {
  /** Told of each client that reads what is offered. */
  readonly onRequest: (listener: (request: Request) => void) => void;
  /** Resolves once another client has written to the clipboard. */
  readonly lost: Promise<void>;
  /** False from then on. */
  readonly holds: () => boolean;
}

/** A loan into which another program is asked to write; see `LateCopy`. */
export interface OpenLoan extends Loan {
  /** When another client wrote to the clipboard, by the clock of the display; null as long as it told of none. */
  readonly lostAt: () => number | null;
  /** Keeps what was saved for the case that this process dies, with the copy that was asked for. */
  readonly keep: (copy: AskedCopy | null) => Promise<void>;
  /**
   * The listener is told when another client writes to the clipboard, also after the loan and until the next one; without a
   * listener what was saved is forgotten then. Returns a function that ends that.
   */
  readonly whenLost: (listener: () => void) => () => void;
  /** Gives back what was saved, as copied at a time by the display's clock; false when somebody has copied since then. */
  readonly giveBack: (at: number) => Promise<boolean>;
}
