import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../contract/errors.ts';
import { setAsideUnlessFiles } from '../plain-files.ts';
import { DamageError, isDamage, LostLogError, sqliteCode } from '../queries.ts';
import { checkSchema } from './check-schema.ts';
import { pageSizeOf } from './file-image.ts';
import { copiesOf, searchIndexOf, statOrNull } from './file-places.ts';
import { toldLogIsLost } from './lost-log.ts';
import { applicationId, type Migration } from './migrations.ts';
import { stateOfLog } from './wal-frames.ts';

/** How a file stands before SQLite opens it: there is none yet, it was closed, or its log was left behind by a death. */
export type FileState = 'none' | 'closed' | 'left-open';

/** A file up to this size is checked whole at each start, which takes some 5 ms; of a larger one, places. */
const checkedWholeBytes = 4 * 1024 * 1024;
/** The version of a schema beyond which a file is no chat file: no Beckon gets there. */
const highestVersion = 10_000;
/** Ways to write a file: with a rollback journal, and with a log (sqlite.org/fileformat.html, section 1.3.3). */
const formats = new Set([1, 2]);
const newestSchemaFormat = 4;
const sampledRows = 8;
const sampledConversations = 20;

/** Looks at the first bytes of a database file, after what would keep it closed was moved out of the way. Throws as `judgeFile`. */
export function lookAtFile(path: string): FileState {
  setAsideUnlessFiles(path, ['-wal', '-shm', '-journal']);
  return judgeFile(path);
}

/**
 * Looks at the first bytes of a database file and changes nothing. Throws a `DamageError` for what SQLite would take for an empty database, or
 * would open although it is another's, and `database/no-permission`.
 */
export function judgeFile(path: string): FileState {
  const found = statOrNull(path);
  const logBytes = statOrNull(`${path}-wal`)?.size ?? 0;
  if (found === null || (found.isFile() && found.size === 0)) {
    // SQLite would make a new one, and throw the log away. What stands beside it tells that there were chats.
    const wasThere = logBytes > 0 || copiesOf(path).length > 0 || existsSync(searchIndexOf(path));
    if (wasThere) throw new DamageError(found === null ? 'it is gone' : 'it is empty');
    return 'none';
  }
  if (!found.isFile()) throw new DamageError('it is no file');
  const head = readHead(path);
  const pageSize = pageSizeOf(head);
  if (pageSize === null) throw new DamageError('it does not begin as a database');
  const owner = head.readUInt32BE(68);
  if (owner !== 0 && owner !== applicationId) throw new DamageError("it is another program's");
  if (head.readUInt32BE(60) > highestVersion) throw new DamageError('its version cannot be');
  // SQLite would open it and refuse each write, or refuse it with an error that is not for damage.
  if (!formats.has(head[18] ?? 0) || !formats.has(head[19] ?? 0)) throw new DamageError('its format cannot be');
  if (head.readUInt32BE(44) > newestSchemaFormat) throw new DamageError('the format of its schema cannot be');
  // SQLite throws away, without a word, what of a log it cannot read.
  const log = stateOfLog(path);
  if (log === 'unreadable' || log === 'broken') throw new DamageError(`its log is ${log}`);
  const sizeIsTold = head.readUInt32BE(24) === head.readUInt32BE(92);
  if (logBytes === 0 && sizeIsTold && found.size < head.readUInt32BE(28) * pageSize)
    throw new DamageError('it was cut');
  if (logBytes === 0 && toldLogIsLost(path)) throw new LostLogError('its log is gone');
  return logBytes > 0 ? 'left-open' : 'closed';
}

function readHead(path: string): Buffer {
  const head = Buffer.alloc(100);
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (!/EACCES|EPERM/.test(String(error))) throw error;
    throw new AppError('database/no-permission', String(error), { values: { file: path }, action: 'try-again' }, error);
  }
  try {
    readSync(file, head, 0, head.length, 0);
    return head;
  } finally {
    closeSync(file);
  }
}

/** Looks at an open database in a time that does not grow with it. Throws a `DamageError`, or SQLite's own. */
export function lookInside(database: DatabaseSync, steps: readonly Migration[]): void {
  const number = (pragma: string) => Number(Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0] ?? 0);
  const pages = number('page_count');
  if (pages * number('page_size') <= checkedWholeBytes) checkWhole(database, 'quick_check');
  if (number('user_version') === 0) {
    if (pages > 1) throw new DamageError('it holds no chats');
    return;
  }
  checkSchema(database, steps);
  readSome(database);
}

function readSome(database: DatabaseSync): void {
  database.prepare('SELECT id, title FROM conversations ORDER BY updated_at DESC LIMIT ?').all(sampledConversations);
  const last = Number(database.prepare('SELECT max(number) AS last FROM messages').get()?.['last'] ?? 0);
  // These are mostly empty, and no check looks at the kind of an empty page: only a query tells that it is another's.
  database.prepare('SELECT id FROM conversations WHERE deleted_at IS NOT NULL LIMIT 1').get();
  database.prepare("SELECT id FROM messages WHERE state = 'growing' LIMIT 1").get();
  const row = database.prepare('SELECT id, text, state FROM messages WHERE number >= ? ORDER BY number LIMIT 1');
  for (let index = 0; index < sampledRows; index += 1) row.get(Math.floor(Math.random() * (last + 1)));
}

/** Reads a database from its first page to its last. Throws a `DamageError` that says what is wrong. */
export function checkWhole(database: DatabaseSync, pragma: 'quick_check' | 'integrity_check'): void {
  let answer: string;
  try {
    const rows = database.prepare(`PRAGMA ${pragma}(5)`).all();
    answer = String(Object.values(rows[0] ?? {})[0] ?? '');
  } catch (error) {
    // A check that cannot even run has found damage, unless the trouble is the disk's or another process's.
    const code = sqliteCode(error);
    if (!isDamage(error) && code !== null && passingTroubles.has(code)) throw error;
    answer = String(error);
  }
  if (answer !== 'ok') throw new DamageError(`integrity: ${answer}`);
  // Messages whose chat another program took away would be found in no list.
  const [homeless] = database.prepare('PRAGMA foreign_key_check').all();
  if (homeless !== undefined) throw new DamageError(`${String(homeless['table'])} holds rows that belong to none`);
}

/** SQLite's codes for busy, locked, no memory, read-only, interrupted, input and output, full, cannot open. */
const passingTroubles = new Set([5, 6, 7, 8, 9, 10, 13, 14]);
