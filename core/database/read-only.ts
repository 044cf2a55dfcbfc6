import { accessSync, closeSync, constants, existsSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isFailing } from '../disk-full.ts';
import { keepToOwner } from '../file-care.ts';
import { isDamage, sqliteCode } from '../queries.ts';
import { judgeFile, lookInside } from './look-at-file.ts';
import { migrate, versionOf } from './migrate.ts';
import type { Migration } from './migrations.ts';
import { openUntouched } from './row-sources.ts';
import { salvage } from './salvage.ts';

/** Why nothing can be stored. */
export type ReadOnlyCause = 'disk-full' | 'not-writable' | 'read-only-disk';

/** SQLite's codes for read-only, input and output, full, cannot open. */
const writingTroubles = new Set([8, 10, 13, 14]);
const triedBytes = 64 * 1024;

/** Whether an error comes from a place that cannot be written to: tried, since SQLite's own code does not tell. */
export function whyReadOnly(path: string, error: unknown): ReadOnlyCause | null {
  const code = sqliteCode(error);
  if (isFailing(error)) return null;
  const fromSystem = /ENOSPC|EDQUOT|EROFS|EACCES|EPERM/.test(String(error));
  if (!fromSystem && (code === null || !writingTroubles.has(code))) return null;
  const why = whyNotWritten(path);
  if (why !== null) return why;
  if (code === 13) return 'disk-full';
  // A file may be kept from changes by itself, in a folder where others can be made.
  return mayNotMove(path) ? 'not-writable' : null;
}

/** Why nothing can be written beside a file, which is tried; null where it can, or where the disk itself gives an error. */
export function whyNotWritten(path: string): ReadOnlyCause | null {
  const probe = `${path}.probe`;
  try {
    const file = openSync(probe, 'w', 0o600);
    try {
      writeSync(file, Buffer.alloc(triedBytes, 1));
    } finally {
      closeSync(file);
      rmSync(probe, { force: true });
    }
    return null;
  } catch (tried) {
    if (isFailing(tried)) return null;
    if (/ENOSPC|EDQUOT/.test(String(tried))) return 'disk-full';
    return String(tried).includes('EROFS') ? 'read-only-disk' : 'not-writable';
  }
}

/** Whether a file cannot be written to, or be replaced, whatever its owner does with its bits. */
export function mayNotMove(path: string): boolean {
  try {
    accessSync(dirname(path), constants.W_OK);
    if (!existsSync(path) || !statSync(path).isFile()) return false;
    keepToOwner(path);
    accessSync(path, constants.W_OK);
    return false;
  } catch {
    return true;
  }
}

/**
 * Opens chats that cannot be written to: in their place where SQLite can do that, else as a copy in memory. What would
 * change them fails as read-only either way. Throws a `DamageError`, or SQLite's own, for a file that is damaged.
 */
export function openReadOnly(path: string, steps: readonly Migration[]): DatabaseSync {
  const newest = steps.at(-1)?.version ?? 0;
  if (judgeFile(path) !== 'none') {
    let database: DatabaseSync | null = null;
    try {
      database = openUntouched(path, 'with-log');
      lookInside(database, steps);
      if (versionOf(database) === newest) return database;
      database.close();
    } catch (error) {
      database?.close();
      // A log whose index cannot be made: its pages are read over below.
      if (isDamage(error)) throw error;
    }
  }
  const copy = new DatabaseSync(':memory:');
  for (const step of steps) migrate(copy, step);
  salvage(path, copy, []);
  copy.exec('PRAGMA query_only = ON');
  return copy;
}
