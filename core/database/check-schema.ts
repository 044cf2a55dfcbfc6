import { DatabaseSync } from 'node:sqlite';
import { DamageError, type Row } from '../queries.ts';
import { migrate, versionOf } from './migrate.ts';
import type { Migration } from './migrations.ts';

const everything = 'SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL';

/**
 * Compares what a file says its tables, indexes and triggers are with what the steps to its version make, letter by letter: a
 * bit that turned there shows only when something is written, or read, that needs it. Tables that others added are left alone;
 * their triggers and views are not, since they act on chats when something is stored.
 */
export function checkSchema(database: DatabaseSync, steps: readonly Migration[]): void {
  const version = versionOf(database);
  const made = new DatabaseSync(':memory:');
  try {
    for (const step of steps) if (step.version <= version) migrate(made, step);
    const there = new Set(database.prepare(everything).all().map(asText));
    for (const row of made.prepare(everything).all())
      if (!there.delete(asText(row))) throw new DamageError(`${String(row['name'])} is not what was made`);
    const added = database
      .prepare("SELECT count(*) AS many FROM sqlite_schema WHERE type IN ('trigger', 'view')")
      .get();
    const own = made.prepare("SELECT count(*) AS many FROM sqlite_schema WHERE type IN ('trigger', 'view')").get();
    if (added?.['many'] !== own?.['many']) throw new DamageError('it has triggers or views that were not made here');
  } finally {
    made.close();
  }
}

function asText(row: Row): string {
  return JSON.stringify(Object.values(row));
}
