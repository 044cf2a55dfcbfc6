import type { Disposable } from '../../contract/disposable.ts';
import type { Queries } from '../queries.ts';
import { notFound } from './stored-conversations.ts';
import type { Transactions } from './transactions.ts';

const undoMs = 10_000;

/** Conversations that are hidden, and removed for good a while later unless they are restored before. */
export class DeletedConversations implements Disposable {
  readonly #database: Queries;
  readonly #transactions: Transactions;
  readonly #purges = new Map<string, NodeJS.Timeout>();

  constructor(database: Queries, transactions: Transactions) {
    this.#database = database;
    this.#transactions = transactions;
  }

  /** Removes for good what was hidden when the last core ended. */
  purgeAll(): void {
    for (const row of this.#database.prepare('SELECT id FROM conversations WHERE deleted_at IS NOT NULL').all())
      this.#purge(String(row['id']));
  }

  /** Answers how long it can be restored. */
  hide(conversationId: string): { readonly undoMs: number } {
    this.#transactions.run(() =>
      this.#database.prepare('UPDATE conversations SET deleted_at = ? WHERE id = ?').run(Date.now(), conversationId),
    );
    this.#cancel(conversationId);
    const purge = setTimeout(() => this.#purge(conversationId), undoMs);
    purge.unref();
    this.#purges.set(conversationId, purge);
    return { undoMs };
  }

  /** Throws `conversation/not-found` for one that is gone for good. */
  restore(conversationId: string): void {
    this.#cancel(conversationId);
    const { changes } = this.#transactions.run(() =>
      this.#database.prepare('UPDATE conversations SET deleted_at = NULL WHERE id = ?').run(conversationId),
    );
    if (Number(changes) === 0) throw notFound(conversationId);
  }

  dispose(): void {
    for (const id of [...this.#purges.keys()]) this.#cancel(id);
  }

  #purge(conversationId: string): void {
    this.#purges.delete(conversationId);
    this.#transactions.tidy(() => this.#database.prepare('DELETE FROM conversations WHERE id = ?').run(conversationId));
  }

  #cancel(conversationId: string): void {
    clearTimeout(this.#purges.get(conversationId));
    this.#purges.delete(conversationId);
  }
}
