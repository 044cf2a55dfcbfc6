import type { Conversation, ConversationRow, ConversationSummary } from '../../contract/conversation.ts';
import { AppError } from '../../contract/errors.ts';
import type { Receipt } from '../../contract/receipt.ts';
import type { Queries } from '../queries.ts';
import { readAttachments, type StoredAttachment } from './attachments.ts';
import { toConversationRow, toMessage, toSummary } from './rows.ts';

const summaryColumns = `c.*, (SELECT count(*) FROM messages m WHERE m.conversation_id = c.id AND m.role = 'user') AS questions`;
/** The first text a chat is about, and the server that was last sent something of it; an answer of this machine has no host. */
const rowColumns = `${summaryColumns},
  (SELECT json_object('kind', a.kind, 'application', a.application, 'title', a.title, 'words', a.words)
     FROM messages m JOIN attachments a ON a.message_id = m.id
     WHERE m.conversation_id = c.id ORDER BY m.position, a.position LIMIT 1) AS source,
  (SELECT r.host FROM messages m JOIN receipts r ON r.message_id = m.id
     WHERE m.conversation_id = c.id AND r.host <> '' ORDER BY m.position DESC, r.began_at DESC LIMIT 1) AS host`;
const whichPinned = { all: '', pinned: 'AND c.pinned_at IS NOT NULL', others: 'AND c.pinned_at IS NULL' } as const;

/** Conversations as they stand on disk. */
export class StoredConversations {
  readonly #database: Queries;
  readonly #receiptsOf: (conversationId: string) => ReadonlyMap<string, Receipt>;

  /** `receiptsOf`: where questions went whose answers were broken off before they had a receipt of their own. */
  constructor(database: Queries, receiptsOf: (conversationId: string) => ReadonlyMap<string, Receipt>) {
    this.#database = database;
    this.#receiptsOf = receiptsOf;
  }

  /** The newest first; with `after`, those that follow it; those that are pinned alone, or the others alone. */
  list(
    query: string,
    limit: number,
    after: Pick<ConversationSummary, 'id' | 'updatedAt'> | null = null,
    pinned: boolean | null = null,
  ): ConversationRow[] {
    const which = pinned === null ? 'all' : pinned ? 'pinned' : 'others';
    const latest = after?.updatedAt ?? Number.MAX_SAFE_INTEGER;
    const pattern = `%${query.replaceAll(/[\\%_]/g, '\\$&')}%`;
    const rows = this.#database
      .prepare(
        `SELECT ${rowColumns}
         FROM conversations c WHERE c.deleted_at IS NULL AND c.title LIKE ? ESCAPE '\\' AND c.updated_at <= ?
           AND (c.updated_at < ? OR c.id < ?) ${whichPinned[which]}
         ORDER BY c.updated_at DESC, c.id DESC LIMIT ?`,
      )
      .all(pattern, latest, latest, after?.id ?? '', limit);
    return rows.map(toConversationRow);
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
  find(messageId: string): { readonly conversationId: string; readonly isLastQuestion: boolean } | null {
    const row = this.#database
      .prepare(
        `SELECT conversation_id, (SELECT id FROM messages WHERE conversation_id = found.conversation_id AND role = 'user'
          ORDER BY position DESC LIMIT 1) AS last_question FROM messages AS found WHERE id = ?`,
      )
      .get(messageId);
    if (row === undefined) return null;
    return { conversationId: String(row['conversation_id']), isLastQuestion: row['last_question'] === messageId };
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
