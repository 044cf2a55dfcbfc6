import type { Message } from '../contract/conversation.ts';
import type { Attachment } from './attachment.ts';

/** A chat as a question would make it that is not asked yet. */
export interface Draft {
  /** What its pseudonyms belong to: the chat, or the question of a new one. */
  readonly key: string;
  readonly messages: readonly Message[];
  readonly attachments: ReadonlyMap<string, readonly Attachment[]>;
}

/** Answers that are looked at before anything is stored, by ids that no stored answer has. */
export class Drafts {
  readonly #drafts = new Map<string, Draft>();

  find(answerId: string): Draft | null {
    return this.#drafts.get(answerId) ?? null;
  }

  /** Holds a draft until what is answered is disposed. */
  hold(answerId: string, draft: Draft): Disposable {
    this.#drafts.set(answerId, draft);
    return { [Symbol.dispose]: () => void this.#drafts.delete(answerId) };
  }

  /** Holds a draft while something is done with it. */
  async while<Value>(answerId: string, draft: Draft, work: () => Promise<Value>): Promise<Value> {
    using _held = this.hold(answerId, draft);
    return await work();
  }
}
