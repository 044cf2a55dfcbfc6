import type { Cost, Currency } from '../../contract/price.ts';
import type { Destination } from './destination.ts';

/** Why a prompt leaves: for an answer in a chat, or to try whether a model answers at all. */
export type SendingPurpose = 'answer' | 'trial';

/** The body of one request as it leaves: its hash says later what was sent, without saying it. */
export interface SentBody {
  readonly sha256: string;
  readonly bytes: number;
}

/** An amount of money. */
export interface Money {
  readonly currency: Currency;
  readonly amount: number;
}

export interface NewEntry {
  readonly purpose: SendingPurpose;
  readonly to: Destination;
  /** The answer it is for; null for a trial. */
  readonly messageId: string | null;
  /** Places of the prompt in which a pseudonym stands. */
  readonly hidden?: number;
  /** The first request; null where its body is no text. */
  readonly body?: SentBody | null;
  /** The price that it is going to be counted by; null where none is known. */
  readonly price?: Pick<Cost, 'row' | 'on'> | null;
  /** The most that it may cost. */
  readonly reserved?: Money | null;
  /** Why this model and no other, where that is known. */
  readonly reason?: string | null;
}

/** How a sending ended. `cancelled`: the person, or what follows from what they did, ended it before the answer was whole. */
export interface Settlement {
  readonly state: 'arrived' | 'failed' | 'cancelled';
  /** Times that the prompt was handed to a connection: a server is asked in another way where it refuses one. */
  readonly requests: number;
  /** Bytes of prompts that the server is known to have got, since it answered. More may have been sent. */
  readonly sentBytes: number;
  /** Each body that was handed to a connection, in order. */
  readonly bodies?: readonly SentBody[];
  readonly promptTokens: number | null;
  readonly cachedTokens?: number | null;
  readonly cacheWriteTokens?: number | null;
  readonly outputTokens: number | null;
  readonly thinkingTokens?: number | null;
  /** Words that were sent and written. */
  readonly words?: number;
  /** What it came to; null where no price is known. */
  readonly cost?: Cost | null;
  /** The code of the error that it ended with. */
  readonly error: string | null;
}

/** Where it is written down what leaves. */
export interface ReceiptBook {
  /**
   * Writes an entry that says "may have been sent" and answers its id; it outlives this process from here on. Throws
   * `sending/no-receipt` where it cannot be written.
   */
  begin(entry: NewEntry): string;
  /** Resolves once every entry that was begun is on the disk; rejects with `sending/no-receipt` where the disk does not take it. */
  kept(): Promise<void>;
  /** Never throws: an entry that cannot be settled stays one of what may have been sent. */
  settle(id: string, settlement: Settlement): void;
}
