import type { GenerateInput, GenerateUsage } from '../../contract/engine.ts';
import type { Cost } from '../../contract/price.ts';
import type { Destination } from './destination.ts';
import type { Money, SendingPurpose } from './receipt-book.ts';

/** What a person lets models cost. A prompt that could cost more than is left is refused by an AppError. */
export interface Budget {
  /** Sets aside the most that the answer to a prompt, as it leaves, may cost. */
  reserve(input: GenerateInput, to: Destination, purpose: SendingPurpose): Reservation;
}

export interface Reservation {
  /** The price it is counted by, and the most that it may cost by that; null where no price is known. */
  readonly price?: Pick<Cost, 'row' | 'on'> | null;
  readonly most?: Money | null;
  /** What was set aside stands in a receipt now, which counts for itself. */
  written?(): void;
  /**
   * Called once, at the end, and answers what it came to. Null where nothing left: all that was set aside is free again, and it
   * came to nothing.
   */
  settle(spent: Spent | null): Cost | null;
  /** What it came to stands in the receipt. */
  settled?(): void;
}

export interface Spent {
  /** Null where the server did not tell. */
  readonly usage: GenerateUsage | null;
  /** Every request was answered by a refusal. */
  readonly wasRefused?: boolean;
}

/** Lets every prompt through. What it cost is what its end says. */
export const noBudget: Budget = { reserve: () => ({ settle: (spent) => spent?.usage?.cost ?? null }) };
