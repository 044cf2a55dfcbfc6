import { mkdirSync, readdirSync, renameSync, rmSync, statfsSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isFailing } from '../disk-full.ts';
import { syncToDisk } from '../file-care.ts';
import { DamageError, isDamage } from '../queries.ts';
import { copyFolder, makeOwnFile } from './file-places.ts';
import { checkWhole } from './look-at-file.ts';

export interface CareJob {
  readonly path: string;
  /** The whole file is read, even if nothing has to be copied. */
  readonly fullCheck: boolean;
  /** A copy is made when the newest is older than this, in milliseconds, and something changed since. */
  readonly copyAfterMs: number;
}

export type CareResult =
  | { readonly status: 'damaged'; readonly detail: string }
  /** The disk gave errors: what is on it may be whole. */
  | { readonly status: 'failing'; readonly detail: string }
  | { readonly status: 'sound'; readonly copied: boolean };

const dayMs = 24 * 60 * 60 * 1000;
const weekMs = 7 * dayMs;
/** All copies together; the oldest goes first. */
const mostBytes = 2 * 1024 ** 3;
/** A copy never takes the last room of a disk. */
const roomLeftBytes = 200 * 1024 ** 2;

/**
 * Reads the database as a second reader beside core, which goes on writing: checks it, and makes a copy that is checked
 * before it gets its name. `latest`, `day` and `week` are kept, each as old as its name says or younger than the next.
 */
export function careFor(job: CareJob): CareResult {
  const { path, fullCheck, copyAfterMs } = job;
  const folder = copyFolder(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(folder)) if (name.startsWith('draft')) rmSync(join(folder, name), { force: true });
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5000 });
  try {
    if (fullCheck) checkWhole(database, 'integrity_check');
    compareWithCopy(database, join(folder, 'latest.db'));
    if (fullCheck) noteCheck(folder);
    const copied = isDue(database, folder, copyAfterMs) && hasRoom(path, folder) && makeCopy(database, folder);
    return { status: 'sound', copied };
  } catch (error) {
    if (isDamage(error)) return { status: 'damaged', detail: String(error) };
    if (isFailing(error)) return { status: 'failing', detail: String(error) };
    throw error;
  } finally {
    database.close();
  }
}

/** When the database was last read whole; 0 when never. */
export function lastFullCheck(path: string): number {
  return timeOf(join(copyFolder(path), 'checked'));
}

export function lastCopy(path: string): number {
  return timeOf(join(copyFolder(path), 'latest.db'));
}

/**
 * Compares every message that is complete, and so never changes, with the copy: bits that turned in a text leave the tables
 * whole, and would be in the next copy.
 */
function compareWithCopy(database: DatabaseSync, latest: string): void {
  if (timeOf(latest) === 0) return;
  const copy = new DatabaseSync(latest, { readOnly: true });
  try {
    const texts = copy.prepare("SELECT id, text FROM messages WHERE state = 'complete'");
    const now = database.prepare("SELECT text FROM messages WHERE id = ? AND state = 'complete'");
    for (const { id, text } of texts.iterate()) {
      const found = now.get(String(id));
      if (found !== undefined && found['text'] !== text) throw new DamageError('a text differs from its copy');
    }
  } catch (error) {
    // A copy that went bad is replaced by the next.
    if (error instanceof DamageError || !isDamage(error)) throw error;
    rmSync(latest, { force: true });
  } finally {
    copy.close();
  }
}

function noteCheck(folder: string): void {
  const note = join(folder, 'checked');
  makeOwnFile(note);
  utimesSync(note, new Date(), new Date());
}

function timeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function isDue(database: DatabaseSync, folder: string, copyAfterMs: number): boolean {
  const latest = join(folder, 'latest.db');
  if (Date.now() - timeOf(latest) < copyAfterMs) return false;
  const now = contentOf(database);
  if (now === null) return false;
  let copy: DatabaseSync | null = null;
  try {
    copy = new DatabaseSync(latest, { readOnly: true });
    return contentOf(copy) !== now;
  } catch {
    return true;
  } finally {
    copy?.close();
  }
}

/** Changes with whatever a person would miss; null while there is nothing to miss. */
function contentOf(database: DatabaseSync): string | null {
  const row = database
    .prepare(
      `SELECT (SELECT count(*) FROM messages) AS messages, (SELECT max(number) FROM messages) AS last,
         count(*) AS chats, max(updated_at) AS changed, total(length(title)) AS titles, count(deleted_at) AS hidden
       FROM conversations`,
    )
    .get();
  return Number(row?.['chats'] ?? 0) === 0 ? null : JSON.stringify(Object.values(row ?? {}));
}

function hasRoom(path: string, folder: string): boolean {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize > statSync(path).size * 1.2 + roomLeftBytes;
}

function makeCopy(database: DatabaseSync, folder: string): boolean {
  const draft = join(folder, `draft-${process.pid}.db`);
  try {
    makeOwnFile(draft);
    database.exec(`VACUUM INTO '${draft.replaceAll("'", "''")}'`);
    const copy = new DatabaseSync(draft);
    try {
      // A database that is read back from a copy is another one to the search index, which tells by the first half whose it is.
      copy.exec('UPDATE search_source SET id = substr(id, 1, 16) || lower(hex(randomblob(8)))');
      checkWhole(copy, 'integrity_check');
    } finally {
      copy.close();
    }
    syncToDisk(draft);
    rotate(folder, draft);
    return true;
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Every step is one renaming: a death between two leaves a copy less, never a half one. */
function rotate(folder: string, draft: string): void {
  const [latest, day, week] = ['latest.db', 'day.db', 'week.db'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const ageOf = (file: string) => Date.now() - timeOf(file);
  if (timeOf(latest) > 0 && ageOf(day) >= dayMs) {
    if (timeOf(day) > 0 && ageOf(week) >= weekMs) renameSync(day, week);
    renameSync(latest, day);
  }
  renameSync(draft, latest);
  syncToDisk(folder);
  const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  for (const oldest of [week, day])
    if (sizeOf(latest) + sizeOf(day) + sizeOf(week) > mostBytes) rmSync(oldest, { force: true });
}
