import { randomUUID } from 'node:crypto';
import type { UsedAction } from '../../contract/atom.ts';
import type {
  Conversation,
  ConversationSummary,
  Message,
  MessageState,
  SearchHit,
} from '../../contract/conversation.ts';
import type { Disposable } from '../../contract/disposable.ts';
import { AppError, type AppErrorShape } from '../../contract/errors.ts';
import type { Receipt } from '../../contract/receipt.ts';
import type { Attachment } from '../attachment.ts';
import { withDiskFull } from '../disk-full.ts';
import { isDamage, type Queries } from '../queries.ts';
import { titleOf } from '../title.ts';
import { insertAttachments, readAttachments, type StoredAttachment } from './attachments.ts';
import { toJson, toMessage, toSummary } from './rows.ts';
import { search } from './search.ts';
import type { SearchIndex } from './search-index.ts';
import { wellFormed } from './text.ts';
import { Titles } from './titles.ts';

export interface AnswerPatch {
  readonly text: string;
  readonly thinking: string;
  readonly state: MessageState;
  readonly error: AppErrorShape | null;
  readonly receipt: Receipt | null;
}

/** What goes along with a question. */
export interface QuestionExtras {
  readonly attachments: readonly Attachment[];
  readonly action: UsedAction | null;
  /** Its id; one is made when left out. */
  readonly questionId?: string | undefined;
}

const noExtras: QuestionExtras = { attachments: [], action: null };
const undoMs = 10_000;

/** Conversations on disk. Every method returns after its change is committed. */
export class Conversations implements Disposable {
  readonly #database: Queries;
  readonly #index: SearchIndex | null;
  readonly #titles: Titles;
  readonly #onChange: () => void;
  readonly #onPutOff: (error: unknown) => void;
  readonly #receiptsOf: (conversationId: string) => ReadonlyMap<string, Receipt>;
  readonly #purges = new Map<string, NodeJS.Timeout>();

  /**
   * `onPutOff`: something could not be tidied up, which is tried again at the next start. Without an `index` a search reads
   * every message. `receiptsOf`: where questions went whose answers were broken off before they had a receipt of their own.
   */
  constructor(
    database: Queries,
    onChange: () => void,
    onPutOff: (error: unknown) => void = () => {},
    index: SearchIndex | null = null,
    receiptsOf: (conversationId: string) => ReadonlyMap<string, Receipt> = () => new Map(),
  ) {
    this.#database = database;
    this.#index = index;
    this.#titles = new Titles(database);
    this.#onChange = onChange;
    this.#onPutOff = onPutOff;
    this.#receiptsOf = receiptsOf;
    for (const row of this.#database.prepare('SELECT id FROM conversations WHERE deleted_at IS NOT NULL').all()) {
      this.#purge(String(row['id']));
    }
    this.#markCut();
  }

  create(question: string): string {
    const id = `c-${randomUUID()}`;
    const now = Date.now();
    const title = titleOf(question);
    this.#database
      .prepare('INSERT INTO conversations (id, title, created_at, updated_at) VALUES (?, ?, ?, ?)')
      .run(id, title, now, now);
    this.#titles.changed(id, title);
    return id;
  }

  /** Stores a question and the empty answer to come in one transaction. With `editsMessageId` what came from there on goes. */
  ask(
    conversationId: string | null,
    text: string,
    editsMessageId: string | null,
    { attachments, action, questionId: givenId }: QuestionExtras = noExtras,
  ): { conversationId: string; questionId: string; answerId: string } {
    return this.#transaction(() => {
      const id = conversationId ?? this.create(titleWith(text, attachments[0]));
      this.#need(id);
      const edited = editsMessageId === null ? [] : (this.attachmentsOf(id).get(editsMessageId) ?? []);
      if (editsMessageId !== null) this.#dropFrom(id, editsMessageId);
      const questionId = this.#insert(id, 'user', text, 'complete', givenId);
      // A question that is worded anew is still about the same texts.
      insertAttachments(this.#database, questionId, attachments.length > 0 ? attachments : edited);
      if (action !== null) this.#noteAction(questionId, action);
      const answerId = this.#insert(id, 'assistant', '', 'growing');
      return { conversationId: id, questionId, answerId };
    });
  }

  /** Removes the last answer and makes room for another one to the same question. */
  askAgain(conversationId: string): { conversationId: string; questionId: string; answerId: string } {
    return this.#transaction(() => {
      const { messages } = this.get(conversationId);
      const question = messages.findLast(({ role }) => role === 'user');
      if (question === undefined) throw notFound(conversationId);
      const answer = messages[messages.indexOf(question) + 1];
      if (answer !== undefined) this.#dropFrom(conversationId, answer.id);
      return {
        conversationId,
        questionId: question.id,
        answerId: this.#insert(conversationId, 'assistant', '', 'growing'),
      };
    });
  }

  /** Opens the last answer again, to be gone on with. Throws `run/cannot-continue`. */
  goOn(conversationId: string): {
    conversationId: string;
    questionId: string;
    answerId: string;
    written: Pick<Message, 'text' | 'thinking' | 'receipt'>;
  } {
    return this.#transaction(() => {
      const { messages } = this.get(conversationId);
      const answer = messages.at(-1);
      const question = messages.findLast(({ role }) => role === 'user');
      if (answer === undefined || question === undefined || !answer.canGoOn)
        throw new AppError('run/cannot-continue', 'the last answer was not broken off', { action: 'try-again' });
      this.#database.prepare("UPDATE messages SET state = 'growing', error = NULL WHERE id = ?").run(answer.id);
      const { text, thinking, receipt } = answer;
      return { conversationId, questionId: question.id, answerId: answer.id, written: { text, thinking, receipt } };
    });
  }

  updateAnswer(answerId: string, patch: AnswerPatch): void {
    this.#transaction(() => {
      const row = this.#database.prepare('SELECT conversation_id FROM messages WHERE id = ?').get(answerId);
      // The conversation was deleted for good, or the answer replaced, while the answer was still growing.
      if (row === undefined) return;
      this.#database
        .prepare('UPDATE messages SET text = ?, thinking = ?, state = ?, error = ?, receipt = ? WHERE id = ?')
        .run(
          wellFormed(patch.text),
          wellFormed(patch.thinking),
          patch.state,
          toJson(patch.error),
          toJson(patch.receipt),
          answerId,
        );
      if (patch.state === 'growing') return;
      this.#touch(String(row['conversation_id']));
    });
    if (patch.state !== 'growing') this.#onChange();
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
        `SELECT c.*, (SELECT count(*) FROM messages m WHERE m.conversation_id = c.id AND m.role = 'user') AS questions
         FROM conversations c WHERE c.deleted_at IS NULL AND c.title LIKE ? ESCAPE '\\' AND c.updated_at <= ?
           AND (c.updated_at < ? OR c.id < ?)
         ORDER BY c.updated_at DESC, c.id DESC LIMIT ?`,
      )
      .all(pattern, latest, latest, after?.id ?? '', limit);
    return rows.map(toSummary);
  }

  search(query: string, limit: number): Promise<SearchHit[]> {
    return search({ database: this.#database, index: this.#index, titles: this.#titles }, query, limit);
  }

  get(conversationId: string): Conversation {
    const summary = this.#need(conversationId);
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

  rename(conversationId: string, name: string): void {
    this.#need(conversationId);
    const title = wellFormed(name).trim() || '…';
    this.#transaction(() =>
      this.#database.prepare('UPDATE conversations SET title = ? WHERE id = ?').run(title, conversationId),
    );
    this.#titles.changed(conversationId, title);
    this.#onChange();
  }

  /** Hides a conversation now and removes it for good after `undoMs`, unless it is restored before. */
  delete(conversationId: string): { readonly undoMs: number } {
    this.#need(conversationId);
    this.#transaction(() =>
      this.#database.prepare('UPDATE conversations SET deleted_at = ? WHERE id = ?').run(Date.now(), conversationId),
    );
    this.#cancelPurge(conversationId);
    const purge = setTimeout(() => this.#purge(conversationId), undoMs);
    purge.unref();
    this.#purges.set(conversationId, purge);
    this.#onChange();
    return { undoMs };
  }

  restore(conversationId: string): void {
    this.#cancelPurge(conversationId);
    const { changes } = this.#transaction(() =>
      this.#database.prepare('UPDATE conversations SET deleted_at = NULL WHERE id = ?').run(conversationId),
    );
    if (Number(changes) === 0) throw notFound(conversationId);
    this.#onChange();
  }

  dispose(): void {
    for (const id of [...this.#purges.keys()]) this.#cancelPurge(id);
  }

  #purge(conversationId: string): void {
    this.#purges.delete(conversationId);
    this.#tidy(() => this.#database.prepare('DELETE FROM conversations WHERE id = ?').run(conversationId));
  }

  #cancelPurge(conversationId: string): void {
    clearTimeout(this.#purges.get(conversationId));
    this.#purges.delete(conversationId);
  }

  /** Answers that were growing when the last core died keep their text and say so. */
  #markCut(): void {
    this.#tidy(() => this.#database.exec("UPDATE messages SET state = 'cut' WHERE state = 'growing'"));
  }

  #insert(
    conversationId: string,
    role: Message['role'],
    text: string,
    state: MessageState,
    id = `m-${randomUUID()}`,
  ): string {
    this.#database
      .prepare(
        `INSERT INTO messages (id, conversation_id, position, role, text, state, created_at)
         VALUES (?, ?, (SELECT coalesce(max(position), 0) + 1 FROM messages WHERE conversation_id = ?), ?, ?, ?, ?)`,
      )
      .run(id, conversationId, conversationId, role, text, state, Date.now());
    this.#touch(conversationId);
    return id;
  }

  #noteAction(questionId: string, action: UsedAction): void {
    this.#database.prepare('UPDATE messages SET action = ? WHERE id = ?').run(toJson(action), questionId);
    this.#database
      .prepare(
        'INSERT INTO action_use (action_id, used_at) VALUES (?, ?) ON CONFLICT DO UPDATE SET used_at = excluded.used_at',
      )
      .run(action.id, Date.now());
  }

  #dropFrom(conversationId: string, messageId: string): void {
    const row = this.#database
      .prepare('SELECT position FROM messages WHERE id = ? AND conversation_id = ?')
      .get(messageId, conversationId);
    if (row === undefined) throw notFound(messageId);
    this.#database
      .prepare('DELETE FROM messages WHERE conversation_id = ? AND position >= ?')
      .run(conversationId, Number(row['position']));
  }

  #touch(conversationId: string): void {
    this.#database.prepare('UPDATE conversations SET updated_at = ? WHERE id = ?').run(Date.now(), conversationId);
  }

  #need(conversationId: string): ConversationSummary {
    const row = this.#database
      .prepare(
        `SELECT c.*, (SELECT count(*) FROM messages m WHERE m.conversation_id = c.id AND m.role = 'user') AS questions
         FROM conversations c WHERE c.id = ? AND c.deleted_at IS NULL`,
      )
      .get(conversationId);
    if (row === undefined) throw notFound(conversationId);
    return toSummary(row);
  }

  /** What fails is put off until the next start: neither a full disk nor a mistake here may keep Beckon from going on. */
  #tidy(work: () => void): void {
    try {
      this.#transaction(work);
    } catch (error) {
      this.#onPutOff(error);
    }
  }

  /** A database that was found to be damaged has been mended when its transaction has been taken back: it is tried once more. */
  #transaction<Value>(work: () => Value, again = true): Value {
    if (this.#database.isTransaction) return work();
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      const value = work();
      this.#database.exec('COMMIT');
      this.#index?.changed();
      return value;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      if (again && isDamage(error)) return this.#transaction(work, false);
      throw withDiskFull(error);
    }
  }
}

/** A chat about a text is named after it: a file by its name, other texts by their beginning. */
function titleWith(text: string, about: Attachment | undefined): string {
  if (about === undefined) return text;
  const between = /\p{Script=Han}$/u.test(text) ? '：' : /[\p{L}\p{N}]$/u.test(text) ? ': ' : ' ';
  return `${text}${between}${about.kind === 'file' ? about.title : about.text}`;
}

function notFound(id: string): AppError {
  return new AppError('conversation/not-found', `no conversation ${id}`, { action: 'new-chat' });
}
