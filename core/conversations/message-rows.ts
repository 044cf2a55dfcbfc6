import { randomUUID } from 'node:crypto';
import type { UsedAction } from '../../contract/atom.ts';
import type { Message, MessageState } from '../../contract/conversation.ts';
import type { AppErrorShape } from '../../contract/errors.ts';
import type { Receipt } from '../../contract/receipt.ts';
import type { Queries } from '../queries.ts';
import { toJson } from './rows.ts';
import { notFound } from './stored-conversations.ts';
import { wellFormed } from './text.ts';

export interface AnswerPatch {
  readonly text: string;
  readonly thinking: string;
  readonly state: MessageState;
  readonly error: AppErrorShape | null;
  readonly receipt: Receipt | null;
}

/** A message that is added; an id is made when none is given. */
export interface NewMessage {
  readonly role: Message['role'];
  readonly text: string;
  readonly state: MessageState;
  readonly id?: string | undefined;
}

/** Messages as they are written into the chat file, each call inside a transaction of who calls. */
export class MessageRows {
  readonly #database: Queries;

  constructor(database: Queries) {
    this.#database = database;
  }

  /** Adds a message behind the others; answers its id. */
  insert(conversationId: string, { role, text, state, id = `m-${randomUUID()}` }: NewMessage): string {
    this.#database
      .prepare(
        `INSERT INTO messages (id, conversation_id, position, role, text, state, created_at)
         VALUES (?, ?, (SELECT coalesce(max(position), 0) + 1 FROM messages WHERE conversation_id = ?), ?, ?, ?, ?)`,
      )
      .run(id, conversationId, conversationId, role, text, state, Date.now());
    this.#touch(conversationId);
    return id;
  }

  /** Removes a message and all after it. Throws `conversation/not-found`. */
  dropFrom(conversationId: string, messageId: string): void {
    const row = this.#database
      .prepare('SELECT position FROM messages WHERE id = ? AND conversation_id = ?')
      .get(messageId, conversationId);
    if (row === undefined) throw notFound(messageId);
    this.#database
      .prepare('DELETE FROM messages WHERE conversation_id = ? AND position >= ?')
      .run(conversationId, Number(row['position']));
  }

  noteAction(questionId: string, action: UsedAction): void {
    this.#database.prepare('UPDATE messages SET action = ? WHERE id = ?').run(toJson(action), questionId);
    this.#database
      .prepare(
        'INSERT INTO action_use (action_id, used_at) VALUES (?, ?) ON CONFLICT DO UPDATE SET used_at = excluded.used_at',
      )
      .run(action.id, Date.now());
  }

  reopen(answerId: string): void {
    this.#database.prepare("UPDATE messages SET state = 'growing', error = NULL WHERE id = ?").run(answerId);
  }

  update(answerId: string, { text, thinking, state, error, receipt }: AnswerPatch): void {
    const row = this.#database.prepare('SELECT conversation_id FROM messages WHERE id = ?').get(answerId);
    // The conversation was deleted for good, or the answer replaced, while the answer was still growing.
    if (row === undefined) return;
    this.#database
      .prepare('UPDATE messages SET text = ?, thinking = ?, state = ?, error = ?, receipt = ? WHERE id = ?')
      .run(wellFormed(text), wellFormed(thinking), state, toJson(error), toJson(receipt), answerId);
    if (state !== 'growing') this.#touch(String(row['conversation_id']));
  }

  /** Answers that were growing when the last core died keep their text and say so. */
  markCut(): void {
    this.#database.exec("UPDATE messages SET state = 'cut' WHERE state = 'growing'");
  }

  #touch(conversationId: string): void {
    this.#database.prepare('UPDATE conversations SET updated_at = ? WHERE id = ?').run(Date.now(), conversationId);
  }
}
