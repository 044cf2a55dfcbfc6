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
    return whatItsIndexKnows(database, path) !== 'no-more';
  } catch {
    return false;
  } finally {
    database?.close();
  }
}

/** What the search index knows of newer messages: none, more of this file, or more of the file that this one is a copy of. */
export type IndexKnows = 'no-more' | 'more' | 'more-of-its-origin';

/**
 * Whether the search index holds messages that the database has never heard of. It is written after the database, which
 * notes all that is removed: one that holds more has seen what is lost.
 */
export function whatItsIndexKnows(database: DatabaseSync, path: string): IndexKnows {
  let index: DatabaseSync | null = null;
  try {
    index = openUntouched(searchIndexOf(path), 'with-log');
    const source = sourceIn(index);
    const indexed = Number(index.prepare('SELECT max(id) AS last FROM message_search_docsize').get()?.['last'] ?? 0);
    const own = database
      .prepare(
        `SELECT (SELECT id FROM search_source) AS source, coalesce((SELECT max(number) FROM messages), 0) AS stored,
           coalesce((SELECT max(number) FROM unindexed), 0) AS waiting`,
      )
      .get();
    if (!isOfOne(own?.['source'], source)) return 'no-more';
    if (indexed <= Math.max(Number(own?.['stored']), Number(own?.['waiting']))) return 'no-more';
    return own?.['source'] === source ? 'more' : 'more-of-its-origin';
  } catch {
    // There is none, or it is broken: it is made anew.
    return 'no-more';
  } finally {
    index?.close();
  }
}

/**
 * Numbers of the messages that the search index holds and that the file beside it has not noted as removed; none where the
 * index is another file's. Throws where one of the two cannot be read.
 */
export function indexedNumbers(path: string): ReadonlySet<number> {
  const opened: DatabaseSync[] = [];
  const open = (file: string) => {
    const database = openUntouched(file, 'with-log');
    opened.push(database);
    return database;
  };
  try {
    const [file, index] = [open(path), open(searchIndexOf(path))];
    if (!isOfOne(file.prepare('SELECT id FROM search_source').get()?.['id'], sourceIn(index))) return new Set();
    const removed = new Set(
      file
        .prepare('SELECT number FROM unindexed')
        .all()
        .map(({ number }) => Number(number)),
    );
    const rows = index.prepare('SELECT id FROM message_search_docsize').all();
    return new Set(rows.map(({ id }) => Number(id)).filter((number) => !removed.has(number)));
  } finally {
    for (const database of opened) database.close();
  }
}

/** The database that an index was made from. */
function sourceIn(index: DatabaseSync): string | undefined {
  return String(index.prepare('SELECT id FROM source').get()?.['id']).split(' ')[1];
}

/** A copy has an id of its own that begins as that of its origin. */
const lineageLength = 16;

function isOfOne(one: unknown, other: unknown): boolean {
  if (typeof one !== 'string' || typeof other !== 'string' || one.length < lineageLength) return false;
  return one.slice(0, lineageLength) === other.slice(0, lineageLength);
}
