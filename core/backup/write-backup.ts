import { createHash, type Hash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { type BackupContents, type BackupProgress, leftOutOfBackups } from '../../contract/backup.ts';
import { AppError } from '../../contract/errors.ts';
import { withDiskFull } from '../disk-full.ts';
import { keepToOwner, syncToDisk } from '../file-care.ts';
import { databaseName, filesToBackUp } from './backed-up.ts';
import { firstLine, type Manifest } from './manifest.ts';

export interface BackupWork {
  readonly profile: string;
  readonly to: string;
  readonly version: string;
  readonly now: number;
  readonly onProgress: (progress: BackupProgress) => void;
  readonly signal: AbortSignal;
}

const pieceBytes = 1_000_000;
/** Pages of the database that are copied before others get their turn. */
const pagesAtOnce = 500;

/**
 * Writes all that is a person's of a profile to one file, whole or not at all: beside its place first, and there only when all of
 * it is on the disk. Chats go on meanwhile: the database is copied as it is at one moment. Answers null when `signal` ended it.
 * Throws `backup/nothing`, `disk/…` and `export/not-written`.
 */
export async function writeBackup(work: BackupWork): Promise<BackupContents | null> {
  const { profile, to, signal } = work;
  if (!existsSync(join(profile, databaseName)) && filesToBackUp(profile).length === 0)
    throw new AppError('backup/nothing', profile, { values: { folder: profile } });
  const own = `.${basename(to).slice(0, 60)}`;
  const draft = join(dirname(to), `${own}.part`);
  const snapshot = join(dirname(to), `${own}.snapshot`);
  const clear = async () => {
    for (const path of [draft, snapshot, `${snapshot}-journal`, `${snapshot}-wal`, `${snapshot}-shm`])
      await rm(path, { force: true });
  };
  try {
    // What a backup that was killed left behind.
    await clear();
    await (await open(draft, 'wx', 0o600)).close();
    await copyDatabase(work, snapshot);
    if (signal.aborted) return null;
    const contents = await writeAll(work, draft, snapshot);
    if (contents === null) return null;
    await rename(draft, to);
    syncToDisk(dirname(to));
    return contents;
  } catch (error) {
    throw asRefusal(error);
  } finally {
    await clear().catch(() => {});
  }
}

async function copyDatabase({ profile, signal, onProgress }: BackupWork, snapshot: string): Promise<void> {
  const path = join(profile, databaseName);
  if (!existsSync(path)) return;
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5000 });
  try {
    await (await open(snapshot, 'wx', 0o600)).close();
    const cancelled = new Error('cancelled');
    await backup(database, snapshot, {
      rate: pagesAtOnce,
      progress: ({ totalPages, remainingPages }) => {
        if (signal.aborted) throw cancelled;
        onProgress({ done: totalPages - remainingPages, total: totalPages * 2 });
      },
    }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  } finally {
    database.close();
  }
  if (!signal.aborted) settle(snapshot);
}

/** A copy without a log beside it, which is all there is of it. */
function settle(snapshot: string): void {
  const database = new DatabaseSync(snapshot);
  try {
    database.exec('PRAGMA journal_mode = DELETE');
  } finally {
    database.close();
  }
  keepToOwner(snapshot);
}

async function writeAll(work: BackupWork, draft: string, snapshot: string): Promise<BackupContents | null> {
  const { profile, signal, onProgress, version, now } = work;
  const parts: Manifest['files'] = [];
  const small = new Map<string, Buffer>();
  for (const name of filesToBackUp(profile)) {
    const bytes = readFileSync(join(profile, name));
    small.set(name, bytes);
    parts.push({ name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
  }
  const hasDatabase = existsSync(snapshot);
  if (hasDatabase) parts.unshift({ name: databaseName, ...(await measured(snapshot)) });
  const counts = {
    ...(hasDatabase ? countsOf(snapshot) : { chats: 0, receipts: 0 }),
    actions: parts.filter(({ name }) => /^atoms\/[^/]+\.json$/.test(name)).length,
  };
  const manifest: Manifest = { version, at: now, counts, leftOut: [...leftOutOfBackups], files: parts };
  const total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  const file = await open(draft, 'w', 0o600);
  try {
    const hash = createHash('sha256');
    await put(file, hash, Buffer.from(`${firstLine}${JSON.stringify(manifest)}\n`));
    let done = 0;
    for (const { name } of parts) {
      for await (const piece of small.has(name) ? [small.get(name) as Buffer] : piecesOf(snapshot)) {
        if (signal.aborted) return null;
        await put(file, hash, piece);
        done += piece.length;
        onProgress({ done: total + done, total: total * 2 });
      }
      small.delete(name);
    }
    await file.writeFile(`end ${hash.digest('hex')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  const { chats, actions, receipts } = counts;
  const hasSettings = parts.some(({ name }) => name === 'settings.json');
  return { chats, actions, receipts, hasSettings, version, at: now, bytes: lstatSync(draft).size };
}

async function put(file: FileHandle, hash: Hash, bytes: Uint8Array): Promise<void> {
  hash.update(bytes);
  await file.writeFile(bytes);
}

async function measured(path: string): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of piecesOf(path)) {
    hash.update(piece);
    bytes += piece.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

async function* piecesOf(path: string): AsyncGenerator<Buffer> {
  const file = await open(path, 'r');
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(pieceBytes), 0, pieceBytes, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** A database of before there were receipts has none. Throws what SQLite throws. */
export function countsOf(path: string): { readonly chats: number; readonly receipts: number } {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const has = (table: string) =>
      database.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(table) !== undefined;
    const count = (table: string, where = '') =>
      has(table) ? Number(database.prepare(`SELECT count(*) AS many FROM ${table}${where}`).get()?.['many'] ?? 0) : 0;
    return { chats: count('conversations', ' WHERE deleted_at IS NULL'), receipts: count('receipt_log') };
  } finally {
    database.close();
  }
}

function asRefusal(error: unknown): unknown {
  const told = withDiskFull(error);
  if (told instanceof AppError) return told;
  const code = (error as { readonly code?: unknown } | null)?.code;
  if (typeof code !== 'string' || !/^E[A-Z]+$/.test(code)) return error;
  return new AppError('export/not-written', String(error), {}, error);
}
