import { existsSync } from 'node:fs';
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { Disposable } from '../../contract/disposable.ts';
import { AppError } from '../../contract/errors.ts';
import { isFailing, withDiskFull } from '../disk-full.ts';
import { syncToDisk } from '../file-care.ts';
import { isDamage, type Queries, type Statement, sqliteCode } from '../queries.ts';
import type { DamageReport } from './damage-report.ts';
import { LogSync } from './log-sync.ts';
import { type OpenDatabaseOptions, type OpenedDatabase, openDatabase } from './open-database.ts';
import type { ReadOnlyCause } from './read-only.ts';

export interface LiveDatabaseOptions extends OpenDatabaseOptions {
  /** The file was found damaged, at its opening or later, and has been mended. */
  readonly onMended: (report: DamageReport) => void;
  /** False for a process that does not own the profile: it never writes. */
  readonly mayWrite: boolean;
  /** What was committed could not be brought onto the disk. */
  readonly onFailing?: () => void;
}

/** A sound file is made each time; damage that comes back at once is the disk's, and mending for ever would not help. */
const mostMendings = 3;
const tryAgainMs = 2000;
const readOnlyCode = 8;
/** More than features have; one whose text is made anew each time does not fill the memory. */
const mostStatements = 300;

/**
 * The connection that core works with. Damage that shows only in the middle of work leads to the same salvage as at the
 * start: what was asked is then asked again, and whoever asked does not notice. In a transaction the error goes on to who
 * holds it, who takes it back and tries once more. A file that could only be read is tried anew before a change fails.
 */
export class LiveDatabase implements Queries, Disposable {
  readonly #path: string;
  readonly #options: LiveDatabaseOptions;
  readonly #log: LogSync;
  readonly #statements = new Map<string, Statement>();
  readonly #damage = new Damage();
  #opened: OpenedDatabase;
  #triedAt = 0;

  constructor(path: string, options: LiveDatabaseOptions) {
    this.#path = path;
    this.#options = options;
    this.#log = new LogSync(logOf(path), { onFailing: () => options.onFailing?.() });
    this.#opened = openDatabase(path, options);
    this.#tell();
  }

  get isTransaction(): boolean {
    return this.#opened.database.isTransaction;
  }

  /** Whether the process that had the file open before died, as it was found when it was last opened. */
  get wasLeftOpen(): boolean {
    return this.#opened.wasLeftOpen;
  }

  /** Set while nothing new can be stored. */
  get readOnly(): ReadOnlyCause | null {
    return this.#opened.readOnly;
  }

  /** Resolves once all that was committed is on the disk, and not with the system alone; rejects where the disk does not take it. */
  synced(): Promise<void> {
    return this.#log.synced();
  }

  exec(sql: string): void {
    this.#change((database) => database.exec(sql));
  }

  /** Prepared once a connection: to read an SQL text anew takes as long as to run it. */
  prepare(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    if (this.#statements.size >= mostStatements) this.#statements.clear();
    const statement = this.#statement(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  /** Mends the file now: a check in the background found it damaged. */
  mend(): void {
    this.#damage.mending();
    this.#close();
    this.#opened = openDatabase(this.#path, { ...this.#options, isDamaged: true });
    this.#tell();
  }

  dispose(): void {
    // Where another process has it open, SQLite leaves what is in the log as it is.
    if (this.#log.isBehind && existsSync(logOf(this.#path))) syncToDisk(logOf(this.#path));
    this.#close();
  }

  #statement(sql: string): Statement {
    let prepared: { readonly by: DatabaseSync; readonly statement: StatementSync } | null = null;
    const statement = (database: DatabaseSync) => {
      if (prepared?.by !== database) prepared = { by: database, statement: database.prepare(sql) };
      return prepared.statement;
    };
    return {
      run: (...values: SQLInputValue[]) => this.#change((database) => statement(database).run(...values)),
      get: (...values: SQLInputValue[]) => this.#work((database) => statement(database).get(...values)),
      all: (...values: SQLInputValue[]) => this.#work((database) => statement(database).all(...values)),
    };
  }

  #change<Value>(work: (database: DatabaseSync) => Value): Value {
    const value = this.#work(work);
    if (!this.isTransaction) this.#log.committed();
    return value;
  }

  #work<Value>(work: (database: DatabaseSync) => Value): Value {
    if (this.#damage.waits && !this.isTransaction) this.mend();
    try {
      return work(this.#opened.database);
    } catch (error) {
      if (isDamage(error) && this.#damage.found()) {
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

/** Damage that was found and waits to be mended, as long as that helps. */
class Damage {
  #waits = false;
  #mendings = 0;

  get waits(): boolean {
    return this.#waits;
  }

  /** Answers whether the file is to be mended. */
  found(): boolean {
    this.#waits = this.#mendings < mostMendings;
    return this.#waits;
  }

  mending(): void {
    this.#waits = false;
    this.#mendings += 1;
  }
}

function logOf(path: string): string {
  return `${path}-wal`;
}

function readOnlyError(cause: ReadOnlyCause, error: unknown): AppError {
  if (cause === 'disk-full') return new AppError('disk/full', String(error), { action: 'free-space' }, error);
  return new AppError('database/read-only', String(error), { values: { context: cause }, action: 'try-again' }, error);
}
