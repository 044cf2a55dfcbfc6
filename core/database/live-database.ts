import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { Disposable } from '../../contract/disposable.ts';
import { AppError } from '../../contract/errors.ts';
import { isFailing, withDiskFull } from '../disk-full.ts';
import { isDamage, type Queries, type Statement, sqliteCode } from '../queries.ts';
import type { DamageReport } from './damage-report.ts';
import { type OpenDatabaseOptions, type OpenedDatabase, openDatabase } from './open-database.ts';
import type { ReadOnlyCause } from './read-only.ts';

export interface LiveDatabaseOptions extends OpenDatabaseOptions {
  /** The file was found damaged, at its opening or later, and has been mended. */
  readonly onMended: (report: DamageReport) => void;
  /** False for a process that does not own the profile: it never writes. */
  readonly mayWrite: boolean;
}

/** A sound file is made each time; damage that comes back at once is the disk's, and mending for ever would not help. */
const mostMendings = 3;
const tryAgainMs = 2000;
const readOnlyCode = 8;

/**
 * The connection that core works with. Damage that shows only in the middle of work leads to the same salvage as at the
 * start: what was asked is then asked again, and whoever asked does not notice. In a transaction the error goes on to who
 * holds it, who takes it back and tries once more. A file that could only be read is tried anew before a change fails.
 */
export class LiveDatabase implements Queries, Disposable {
  readonly #path: string;
  readonly #options: LiveDatabaseOptions;
  readonly wasLeftOpen: boolean;
  #opened: OpenedDatabase;
  #isDamaged = false;
  #mendings = 0;
  #triedAt = 0;

  constructor(path: string, options: LiveDatabaseOptions) {
    this.#path = path;
    this.#options = options;
    this.#opened = openDatabase(path, options);
    this.wasLeftOpen = this.#opened.wasLeftOpen;
    this.#tell();
  }

  get isTransaction(): boolean {
    return this.#opened.database.isTransaction;
  }

  /** Set while nothing new can be stored. */
  get readOnly(): ReadOnlyCause | null {
    return this.#opened.readOnly;
  }

  exec(sql: string): void {
    this.#work((database) => database.exec(sql));
  }

  prepare(sql: string): Statement {
    let prepared: { readonly by: DatabaseSync; readonly statement: StatementSync } | null = null;
    const statement = (database: DatabaseSync) => {
      if (prepared?.by !== database) prepared = { by: database, statement: database.prepare(sql) };
      return prepared.statement;
    };
    return {
      run: (...values: SQLInputValue[]) => this.#work((database) => statement(database).run(...values)),
      get: (...values: SQLInputValue[]) => this.#work((database) => statement(database).get(...values)),
      all: (...values: SQLInputValue[]) => this.#work((database) => statement(database).all(...values)),
    };
  }

  /** Mends the file now: a check in the background found it damaged. */
  mend(): void {
    this.#isDamaged = false;
    this.#mendings += 1;
    this.#close();
    this.#opened = openDatabase(this.#path, { ...this.#options, isDamaged: true });
    this.#tell();
  }

  dispose(): void {
    this.#close();
  }

  #work<Value>(work: (database: DatabaseSync) => Value): Value {
    if (this.#isDamaged && !this.isTransaction) this.mend();
    try {
      return work(this.#opened.database);
    } catch (error) {
      if (isDamage(error) && this.#mendings < mostMendings) {
        this.#isDamaged = true;
        if (this.isTransaction) throw error;
        this.mend();
        return work(this.#opened.database);
      }
      if (isFailing(error)) throw withDiskFull(error);
      if (sqliteCode(error) !== readOnlyCode || this.readOnly === null) throw error;
      if (!this.isTransaction && this.#canWriteNow()) return work(this.#opened.database);
      throw readOnlyError(this.readOnly, error);
    }
  }

  /** Opens the file anew: the disk may have room again. */
  #canWriteNow(): boolean {
    if (!this.#options.mayWrite || performance.now() - this.#triedAt < tryAgainMs) return false;
    this.#triedAt = performance.now();
    this.#close();
    this.#opened = openDatabase(this.#path, this.#options);
    this.#tell();
    return this.readOnly === null;
  }

  #tell(): void {
    if (this.#opened.damaged !== null) this.#options.onMended(this.#opened.damaged);
  }

  #close(): void {
    try {
      this.#opened.database.close();
    } catch {
      // It was closed, or its file is too damaged for that.
    }
  }
}

function readOnlyError(cause: ReadOnlyCause, error: unknown): AppError {
  if (cause === 'disk-full') return new AppError('disk/full', String(error), { action: 'free-space' }, error);
  return new AppError('database/read-only', String(error), { values: { context: cause }, action: 'try-again' }, error);
}
