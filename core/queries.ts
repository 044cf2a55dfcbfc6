import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';

export type Row = Record<string, SQLOutputValue>;

export interface Statement {
  run(...values: SQLInputValue[]): { readonly changes: number | bigint; readonly lastInsertRowid: number | bigint };
  get(...values: SQLInputValue[]): Row | undefined;
  all(...values: SQLInputValue[]): Row[];
}

/** What features need of the database: node's own connection is one, and so is a connection that mends itself. */
export interface Queries {
  prepare(sql: string): Statement;
  exec(sql: string): void;
  readonly isTransaction: boolean;
}

/** The file of a database is broken, although SQLite itself did not say so. */
export class DamageError extends Error {}

/** The file is sound and older than it was: what was stored last stood in a log that is gone. */
export class LostLogError extends DamageError {}

/** The file is sound and an earlier state of what was there. */
export class OlderFileError extends DamageError {}

const corrupt = 11;
const notADatabase = 26;

/** Whether an error means that the file itself is broken, and not its disk, its rights or another process. */
export function isDamage(error: unknown): boolean {
  const code = sqliteCode(error);
  return error instanceof DamageError || code === corrupt || code === notADatabase;
}

/** SQLite's primary result code of an error; null for errors of others. */
export function sqliteCode(error: unknown): number | null {
  const errcode = (error as { errcode?: unknown } | null)?.errcode;
  return typeof errcode === 'number' ? errcode & 0xff : null;
}
