import { DatabaseSync } from 'node:sqlite';
import type { Disposable } from '../../contract/disposable.ts';
import type { Queries, Statement } from '../queries.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations.ts';

/** What stands in for chats that could not be opened: an empty database in memory, so that all else can be looked at. */
export class NoDatabase implements Queries, Disposable {
  readonly #database = new DatabaseSync(':memory:');
  readonly readOnly = null;
  readonly wasLeftOpen = false;

  constructor() {
    for (const step of migrations) migrate(this.#database, step);
  }

  get isTransaction(): boolean {
    return this.#database.isTransaction;
  }

  prepare(sql: string): Statement {
    return this.#database.prepare(sql);
  }

  exec(sql: string): void {
    this.#database.exec(sql);
  }

  async synced(): Promise<void> {}

  mend(): void {}

  dispose(): void {
    this.#database.close();
  }
}
