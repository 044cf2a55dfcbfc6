import { renameSync, rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../contract/errors.ts';
import { stamp } from '../file-care.ts';
import { backupsOf, makeOwnFile } from './file-places.ts';
import type { Migration } from './migrations.ts';

const keptBackups = 3;

/** Brings a database to the newest schema, with a backup before it. Throws `database/newer`. */
export function bringUpToDate(database: DatabaseSync, path: string, steps: readonly Migration[], now: Date): void {
  const newest = steps.at(-1)?.version ?? 0;
  const version = versionOf(database);
  if (version > newest) {
    throw new AppError('database/newer', `schema ${version}, this Beckon knows ${newest}`, {
      values: { version, newest },
    });
  }
  const pending = steps.filter((step) => step.version > version);
  // The copy is of the file before its first step: one of each step between would crowd that one out.
  if (version > 0 && pending.length > 0) backUp(database, path, version, now);
  for (const step of pending) migrate(database, step);
}

export function versionOf(database: DatabaseSync): number {
  return Number(Object.values(database.prepare('PRAGMA user_version').get() ?? {})[0] ?? 0);
}

export function migrate(database: DatabaseSync, step: Migration): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    step.up(database);
    database.exec(`PRAGMA user_version = ${step.version}`);
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** A whole copy by SQLite itself, written beside and renamed, so that a cut copy is never taken for a backup. */
function backUp(database: DatabaseSync, path: string, version: number, now: Date): void {
  const target = `${path}.backup-v${version}-${stamp(now)}`;
  const draft = `${target}.new`;
  rmSync(draft, { force: true });
  makeOwnFile(draft);
  database.exec(`VACUUM INTO '${draft.replaceAll("'", "''")}'`);
  renameSync(draft, target);
  for (const old of backupsOf(path).slice(keptBackups)) rmSync(old, { force: true });
}
