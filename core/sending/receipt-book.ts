import type { Destination } from './destination.ts';

/** Why a prompt leaves: for an answer in a chat, or to try whether a model answers at all. */
export type SendingPurpose = 'answer' | 'trial';

export interface NewEntry {
  readonly purpose: SendingPurpose;
  readonly to: Destination;
  /** The answer it is for; null for a trial. */
  readonly messageId: string | null;
}

/** How a sending ended. `cancelled`: the person, or what follows from what they did, ended it before the answer was whole. */
export interface Settlement {
  readonly state: 'arrived' | 'failed' | 'cancelled';
  /** Times that the prompt was handed to a connection: a server is asked in another way where it refuses one. */
  readonly requests: number;
  /** Bytes of prompts that the server is known to have got, since it answered. More may have been sent. */
  readonly sentBytes: number;
  readonly promptTokens: number | null;
  readonly outputTokens: number | null;
  /** The code of the error that it ended with. */
  readonly error: string | null;
}

/** Where it is written down what leaves. */
export interface ReceiptBook {
  /**
   * Writes an entry that says "may have been sent" and answers its id once it is on disk. Throws `sending/no-receipt`
   * where it cannot be written.
   */
  begin(entry: NewEntry): string;
  /** Never throws: an entry that cannot be settled stays one of what may have been sent. */
  settle(id: string, settlement: Settlement): void;
}
