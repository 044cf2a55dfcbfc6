import { withDiskFull } from '../disk-full.ts';
import { isDamage, type Queries, type Row, type Statement } from '../queries.ts';
import { type Link, mostLines, nextLink } from '../receipt-chain.ts';
import type { Columns, RecordFields } from '../receipt-columns.ts';

/** The log of receipts in the database: lines are added to it and never changed. */
export class ReceiptLog {
  readonly #database: Queries;
  readonly #newest: Statement;
  readonly #insert: Statement;

  constructor(database: Queries) {
    this.#database = database;
    this.#newest = prepared(
      database,
      `SELECT number, hash FROM receipt_log WHERE number < ${mostLines} ORDER BY number DESC LIMIT 1`,
    );
    this.#insert = prepared(
      database,
      'INSERT INTO receipt_log (number, entry, kind, at, record, hash) VALUES (?, ?, ?, ?, ?, ?)',
    );
  }

  /** A change of the log and of what is made from it, on disk as a whole or not at all when it returns. */
  change<Value>(work: () => Value, again = true): Value {
    const database = this.#database;
    if (database.isTransaction) return work();
    try {
      // No other process adds a line between the newest one and the next.
      database.exec('BEGIN IMMEDIATE');
      const value = work();
      database.exec('COMMIT');
      return value;
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      if (again && isDamage(error)) return this.change(work, false);
      throw withDiskFull(error);
    }
  }

  /** Adds a line within a `change`. */
  add(id: string, at: number, fields: RecordFields): void {
    const newest = this.#newest.get();
    const last = newest === undefined ? null : { number: Number(newest['number']), hash: String(newest['hash']) };
    const { number, record, hash } = nextLink(fields, last);
    this.#insert.run(number, id, String(fields['kind']), at, record, hash);
  }

  /** Writes the row of an entry as its record says. `messageId`: the answer it is for, where that is still there. */
  insertRow(id: string, messageId: string | null, columns: Columns): void {
    const names = Object.keys(columns);
    this.#database
      .prepare(
        `INSERT INTO receipts (id, message_id, ${names.join(', ')})
         VALUES (?, (SELECT id FROM messages WHERE id = ?), ${names.map(() => '?').join(', ')})`,
      )
      .run(id, messageId, ...names.map((name) => columns[name] ?? null));
  }

  updateRow(id: string, columns: Columns): void {
    const names = Object.keys(columns);
    this.#database
      .prepare(`UPDATE receipts SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`)
      .run(...names.map((name) => columns[name] ?? null), id);
  }

  /** The lines about some entries, in their order. */
  linksOf(entries: readonly string[]): readonly Link[] {
    return this.#database
      .prepare(
        'SELECT number, record, hash FROM receipt_log WHERE entry IN (SELECT value FROM json_each(?)) ORDER BY number',
      )
      .all(JSON.stringify(entries))
      .map(linkOf);
  }

  /** All lines from a number on, in their order. */
  links(from = 1, most = -1): readonly Link[] {
    return this.#database
      .prepare(
        `SELECT min(number, ${mostLines}) AS number, record, hash FROM receipt_log WHERE number >= ? ORDER BY receipt_log.number LIMIT ?`,
      )
      .all(from, most)
      .map(linkOf);
  }
}

function linkOf({ number, record, hash }: Row): Link {
  return { number: Number(number), record: String(record), hash: String(hash) };
}

/** Prepared when it is first used: a database that is not there is no reason to fail before. */
function prepared(database: Queries, sql: string): Statement {
  let statement: Statement | null = null;
  const get = () => {
    statement ??= database.prepare(sql);
    return statement;
  };
  return {
    run: (...values) => get().run(...values),
    get: (...values) => get().get(...values),
    all: (...values) => get().all(...values),
  };
}
