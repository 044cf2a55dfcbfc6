import type { Conversation, ConversationSummary } from '../../contract/conversation.ts';
import { AppError } from '../../contract/errors.ts';
import type { Receipt } from '../../contract/receipt.ts';
import type { Queries } from '../queries.ts';
import { readAttachments, type StoredAttachment } from './attachments.ts';
import { toMessage, toSummary } from './rows.ts';

const summaryColumns = `c.*, (SELECT count(*) FROM messages m WHERE m.conversation_id = c.id AND m.role = 'user') AS questions`;

/** Conversations as they stand on disk. */
export class StoredConversations {
  readonly #database: Queries;
  readonly #receiptsOf: (conversationId: string) => ReadonlyMap<string, Receipt>;

  /** `receiptsOf`: where questions went whose answers were broken off before they had a receipt of their own. */
  constructor(database: Queries, receiptsOf: (conversationId: string) => ReadonlyMap<string, Receipt>) {
    this.#database = database;
    this.#receiptsOf = receiptsOf;
  }

  /** The newest first; with `after`, those that follow it. */
  list(
    query: string,
    limit: number,
    after: Pick<ConversationSummary, 'id' | 'updatedAt'> | null = null,
  ): ConversationSummary[] {
    const latest = after?.updatedAt ?? Number.MAX_SAFE_INTEGER;
    const pattern = `%${query.replaceAll(/[\\%_]/g, '\\$&')}%`;
    const rows = this.#database
      .prepare(
        `SELECT ${summaryColumns}
         FROM conversations c WHERE c.deleted_at IS NULL AND c.title LIKE ? ESCAPE '\\' AND c.updated_at <= ?
           AND (c.updated_at < ? OR c.id < ?)
         ORDER BY c.updated_at DESC, c.id DESC LIMIT ?`,
      )
      .all(pattern, latest, latest, after?.id ?? '', limit);
    return rows.map(toSummary);
  }

  /** A conversation without its messages. Throws `conversation/not-found`, also for a deleted one. */
  summaryOf(conversationId: string): ConversationSummary {
    const row = this.#database
      .prepare(`SELECT ${summaryColumns} FROM conversations c WHERE c.id = ? AND c.deleted_at IS NULL`)
      .get(conversationId);
    if (row === undefined) throw notFound(conversationId);
    return toSummary(row);
  }

  get(conversationId: string): Conversation {
    const summary = this.summaryOf(conversationId);
    const rows = this.#database
      .prepare('SELECT * FROM messages WHERE conversation_id = ? ORDER BY position')
      .all(conversationId);
    const attachments = this.attachmentsOf(conversationId);
    const receipts = this.#receiptsOf(conversationId);
    const messages = rows.map((row) => {
      const id = String(row['id']);
      return toMessage(row, attachments.get(id) ?? [], receipts.get(id) ?? null);
    });
    return { ...summary, messages };
  }

  /** The texts that go along with the questions of a conversation, whole, by the question's id. */
  attachmentsOf(conversationId: string): ReadonlyMap<string, readonly StoredAttachment[]> {
    return readAttachments(this.#database, conversationId);
  }

  /** The conversation that a message is in. Throws `conversation/not-found`. */
  conversationOf(messageId: string): Conversation {
    const found = this.find(messageId);
    if (found === null) throw notFound(messageId);
    return this.get(found.conversationId);
  }

  /** Where a message is; null when there is none of that id. */
  find(messageId: string): { readonly conversationId: string } | null {
    const row = this.#database.prepare('SELECT conversation_id FROM messages WHERE id = ?').get(messageId);
    return row === undefined ? null : { conversationId: String(row['conversation_id']) };
  }

  /** When each action was last used, in milliseconds since 1970. */
  actionUse(): ReadonlyMap<string, number> {
    const rows = this.#database.prepare('SELECT action_id, used_at FROM action_use').all();
    return new Map(rows.map((row) => [String(row['action_id']), Number(row['used_at'])]));
  }
}

export function notFound(id: string): AppError {
  return new AppError('conversation/not-found', `no conversation ${id}`, { action: 'new-chat' });
}
