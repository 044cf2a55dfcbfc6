import type { GenerateInput, GenerateUsage } from '../../contract/engine.ts';
import type { Destination } from './destination.ts';

/**
 * A seat: what a person lets a model cost. Nothing is counted yet, and every prompt is let through. A prompt that could cost
 * more than is left is refused by an AppError.
 */
export interface Budget {
  /** Sets aside the most that the answer to a prompt, as it leaves, may cost. */
  reserve(input: GenerateInput, to: Destination): Reservation;
}

export interface Reservation {
  /** Called once, at the end: what it came to. Null where nothing left, and all that was set aside is free again. */
  settle(spent: Spent | null): void;
}

export interface Spent {
  /** Null where the server did not tell. */
  readonly usage: GenerateUsage | null;
}

export const noBudget: Budget = { reserve: () => ({ settle: () => {} }) };
