import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { endianness } from 'node:os';
import type { DatabaseSync } from 'node:sqlite';
import { searchIndexOf } from './file-places.ts';
import { openUntouched } from './row-sources.ts';

/** Both copies of the head of a log's index, and how much of the log was written back (sqlite.org/walformat.html, section 2). */
const headBytes = 48;
const infoBytes = 4;
const knownFormat = 3_007_000;

/**
 * Whether the index of a log tells of changes that stand in the log alone. SQLite takes both away when the last process
 * closes a database: an index whose log is not there was left by a death, and the log was lost after it.
 */
export function toldLogIsLost(path: string): boolean {
  const head = Buffer.alloc(headBytes * 2 + infoBytes);
  try {
    const file = openSync(`${path}-shm`, 'r');
    try {
      if (readSync(file, head, 0, head.length, 0) < head.length) return false;
    } finally {
      closeSync(file);
    }
  } catch {
    return false;
  }
  const number = (at: number) => (endianness() === 'LE' ? head.readUInt32LE(at) : head.readUInt32BE(at));
  const isWhole = head.compare(head, headBytes, headBytes * 2, 0, headBytes) === 0 && number(0) === knownFormat;
  const isMade = head[12] === 1;
  const [frames, writtenBack] = [number(16), number(headBytes * 2)];
  return isWhole && isMade && frames > writtenBack;
}

/** Whether what was stored last is missing from a file, damaged or not, as far as what stands beside it tells. */
export function lacksNewest(path: string): boolean {
  const hasLog = (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
  if (!hasLog && toldLogIsLost(path)) return true;
  let database: DatabaseSync | null = null;
  try {
    database = openUntouched(path, 'with-log');
    return isBehindItsIndex(database, path);
  } catch {
    return false;
  } finally {
    database?.close();
  }
}

/**
 * Whether the search index holds messages that the database has never heard of. It is written after the database, which
 * notes all that is removed: one that holds more has seen what is lost.
 */
export function isBehindItsIndex(database: DatabaseSync, path: string): boolean {
  let index: DatabaseSync | null = null;
  try {
    index = openUntouched(searchIndexOf(path), 'with-log');
    const source = String(index.prepare('SELECT id FROM source').get()?.['id']).split(' ')[1];
    const indexed = Number(index.prepare('SELECT max(id) AS last FROM message_search_docsize').get()?.['last'] ?? 0);
    const own = database
      .prepare(
        `SELECT (SELECT id FROM search_source) AS source, coalesce((SELECT max(number) FROM messages), 0) AS stored,
           coalesce((SELECT max(number) FROM unindexed), 0) AS waiting`,
      )
      .get();
    return own?.['source'] === source && indexed > Math.max(Number(own?.['stored']), Number(own?.['waiting']));
  } catch {
    // There is none, or it is broken: it is made anew.
    return false;
  } finally {
    index?.close();
  }
}
