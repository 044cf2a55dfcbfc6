import { withDiskFull } from '../disk-full.ts';
import { isDamage, type Queries } from '../queries.ts';

export interface TransactionsOptions {
  readonly database: Queries;
  /** Called after each change that was committed. */
  readonly onCommitted: () => void;
  /** Called when something could not be tidied up, which is tried again at the next start. */
  readonly onPutOff: (error: unknown) => void;
}

/** Changes of the chat file, each whole or not at all. */
export class Transactions {
  readonly #options: TransactionsOptions;

  constructor(options: TransactionsOptions) {
    this.#options = options;
  }

  /**
   * Returns when the change is committed; one inside another is part of it. A database that was found to be damaged has been
   * mended when its transaction has been taken back: it is tried once more. Throws `disk/full` for a disk without room.
   */
  run<Value>(work: () => Value, again = true): Value {
    const { database, onCommitted } = this.#options;
    if (database.isTransaction) return work();
    try {
      database.exec('BEGIN IMMEDIATE');
      const value = work();
      database.exec('COMMIT');
      onCommitted();
      return value;
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      if (again && isDamage(error)) return this.run(work, false);
      throw withDiskFull(error);
    }
  }

  /** What fails is put off until the next start: neither a full disk nor a mistake here may keep Beckon from going on. */
  tidy(work: () => void): void {
    try {
      this.run(work);
    } catch (error) {
      this.#options.onPutOff(error);
    }
  }
}
