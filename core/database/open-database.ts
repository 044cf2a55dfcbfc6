import { copyFileSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../contract/errors.ts';
import { withDiskFull } from '../disk-full.ts';
import { type Migration, migrations } from './migrations.ts';

export interface OpenedDatabase {
  readonly database: DatabaseSync;
  /** Set when a damaged file was set aside; `restored` says whether a backup took its place. */
  readonly damaged: { readonly asideFile: string; readonly restored: boolean } | null;
}

export interface OpenDatabaseOptions {
  readonly now?: () => Date;
  readonly migrations?: readonly Migration[];
}

const keptBackups = 3;
/** SQLite's codes for busy, locked, no memory, read-only, interrupted, input and output, full, cannot open. */
const passingTroubles = new Set([5, 6, 7, 8, 9, 10, 13, 14]);

/**
 * Opens the database and brings it to the newest schema, with a backup before it. A damaged file is set aside and
 * the last good backup (or a fresh file) takes its place. Throws `database/newer` and leaves such a file as it is.
 */
export function openDatabase(path: string, options: OpenDatabaseOptions = {}): OpenedDatabase {
  const now = options.now ?? (() => new Date());
  const steps = options.migrations ?? migrations;
  try {
    return { database: openSound(path, steps, now), damaged: null };
  } catch (error) {
    if (error instanceof AppError || !isDamage(error)) throw withDiskFull(error);
  }
  const asideFile = setAside(path, now());
  const restored = restoreBackup(path);
  return { database: openSound(path, steps, now), damaged: { asideFile, restored } };
}

/** Whether an error of SQLite means that the file itself is broken. */
export function isDamage(error: unknown): boolean {
  return /malformed|not a database|corrupt|integrity|disk image/i.test(String(error));
}

function openSound(path: string, steps: readonly Migration[], now: () => Date): DatabaseSync {
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: 5000 });
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF');
    checkIntegrity(database);
    const newest = steps.at(-1)?.version ?? 0;
    const version = versionOf(database);
    if (version > newest) {
      throw new AppError('database/newer', `schema ${version}, this Beckon knows ${newest}`, {
        values: { version, newest },
      });
    }
    const pending = steps.filter((step) => step.version > version);
    // As it was before the first of them: a copy of each step between would crowd that one out.
    if (version > 0 && pending.length > 0) backUp(database, path, version, now());
    for (const step of pending) migrate(database, step);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function checkIntegrity(database: DatabaseSync): void {
  let answer: string;
  try {
    const rows = database.prepare('PRAGMA quick_check(5)').all();
    answer = String(Object.values(rows[0] ?? {})[0] ?? '');
  } catch (error) {
    // A check that cannot even run has found damage, unless the trouble is the disk's or another process's.
    const { errcode } = error as { errcode?: number };
    if (errcode !== undefined && passingTroubles.has(errcode & 0xff)) throw error;
    answer = String(error);
  }
  if (answer !== 'ok') throw new Error(`integrity: ${answer}`);
}

export function versionOf(database: DatabaseSync): number {
  return Number(Object.values(database.prepare('PRAGMA user_version').get() ?? {})[0] ?? 0);
}

function migrate(database: DatabaseSync, step: Migration): void {
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
  database.exec(`VACUUM INTO '${draft.replaceAll("'", "''")}'`);
  renameSync(draft, target);
  for (const old of backupsOf(path).slice(keptBackups)) rmSync(old, { force: true });
}

/** Backups of a database, the newest first. */
export function backupsOf(path: string): string[] {
  const prefix = `${basename(path)}.backup-v`;
  return readdirSync(dirname(path))
    .filter((name) => name.startsWith(prefix) && !name.endsWith('.new'))
    .sort((one, other) => timeOf(other).localeCompare(timeOf(one)))
    .map((name) => join(dirname(path), name));
}

function timeOf(name: string): string {
  return name.replace(/^.*\.backup-v\d+-/, '');
}

function setAside(path: string, now: Date): string {
  const aside = `${path}.damaged-${stamp(now)}`;
  for (const suffix of ['', '-wal', '-shm']) if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  return aside;
}

function restoreBackup(path: string): boolean {
  for (const backup of backupsOf(path)) {
    try {
      const probe = new DatabaseSync(backup, { readOnly: true });
      checkIntegrity(probe);
      probe.close();
      copyFileSync(backup, path);
      return true;
    } catch {
      // A backup that is damaged too: the one before it may be sound.
    }
  }
  return false;
}

function stamp(now: Date): string {
  return now.toISOString().replaceAll(/[:.]/g, '-');
}
