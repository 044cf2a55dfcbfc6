import type { DatabaseSync } from 'node:sqlite';
import { titleOf } from '../title.ts';
import { FileChats, readCopy } from './copy-rows.ts';
import { countSaved } from './count-saved.ts';
import { indexedNumbers } from './lost-log.ts';
import { takeOver } from './receipt-log.ts';
import { receiptsOfEntries, receiptsOfMessages } from './receipt-table.ts';
import { noEvidence, type RowEvidence } from './row-evidence.ts';
import { changesOf, logBelongs, type OpenUse, pageRows, selectRows } from './row-sources.ts';
import { RowWriter } from './row-writer.ts';
import { rowsOfLog } from './rows-of-log.ts';
import { chatTables } from './salvaged-tables.ts';
import type { Gap } from './scan-table.ts';
import { settleIds } from './settle-ids.ts';
import { stateOfLog } from './wal-frames.ts';

/** A copy that was made of the file at an earlier time. */
export interface Copy {
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly madeAt: number;
}

/** What was saved of a damaged file, in numbers. */
export interface Saved {
  /** Chats that are known to have been there, and how many of them are here, with at least a message. */
  readonly total: number;
  readonly kept: number;
  /** Chats that are here without a message. */
  readonly titles: number;
  /** Chats of which something was read from the copy. */
  readonly fromCopy: number;
  /** Messages that are known to have been there and are not here, or only in part. */
  readonly lostMessages: number;
  /** Whether what was there is known to its end: else more may be missing than is told here. */
  readonly certain: boolean;
  /** When the copy was made that stood by; null when there was none that could be read. */
  readonly copyMadeAt: number | null;
}

/**
 * Fills an empty database of the newest schema with all that can be read: first what SQLite still gives of the damaged file,
 * then what stands on its pages, then the same without its log, then what is missing from the copies, then rows of
 * which only a part is left. An earlier source is newer: what it gave is never overwritten.
 */
export function salvage(damaged: string, target: DatabaseSync, copies: readonly Copy[]): Saved {
  target.exec('PRAGMA foreign_keys = OFF; BEGIN');
  const writer = new RowWriter(target);
  const missing = readDamaged(damaged, writer);
  const changes = changesOf(damaged, missing.log);
  let seen = changes ?? 0;
  let copyMadeAt: number | null = null;
  let { certain } = missing;
  const told = { ...missing, chats: new FileChats(target) };
  for (const { path, madeAt } of copies) {
    const theirs = changesOf(path, 'without-log') ?? 0;
    const isNewer = changes !== null && changes < theirs;
    seen = Math.max(seen, theirs);
    // The newest that can be read fills in; older ones only say which of two texts is the right one.
    const { read, presumed } = readCopy(path, writer, told, { fillsIn: copyMadeAt === null, isNewer });
    if (isNewer || presumed) certain = false;
    if (read) copyMadeAt ??= madeAt;
  }
  writer.settleTexts();
  writer.placeBroken(missing.evidence);
  writer.writeParts();
  settleIds(target, { evidence: missing.evidence, places: writer.places, conversationIds: writer.conversationIds });
  nameUntitled(target);
  target.exec('DELETE FROM attachments WHERE message_id NOT IN (SELECT id FROM messages)');
  target.exec('UPDATE receipts SET message_id = NULL WHERE message_id NOT IN (SELECT id FROM messages)');
  rowsOfLog(target);
  target.exec(receiptsOfMessages);
  target.exec(receiptsOfEntries);
  takeOver(target, 'mended');
  // No copy there is has seen more than the new file.
  target.exec(`UPDATE search_source SET changes = changes + ${seen} + 1`);
  const { hasHoles, ...counts } = countSaved(
    target,
    missing.evidence,
    writer,
    guarded(() => indexedNumbers(damaged)),
  );
  target.exec('COMMIT; PRAGMA foreign_keys = ON');
  return { ...counts, certain: certain && !hasHoles, copyMadeAt };
}

/** What of the damaged file is left out: where a copy may fill in. */
interface Missing {
  readonly gaps: ReadonlyMap<string, readonly Gap[] | null>;
  readonly evidence: RowEvidence;
  /** How the file is read; a log that belongs to another file is not. */
  readonly log: OpenUse;
  /** Whether the file tells all that was there. */
  readonly certain: boolean;
}

function readDamaged(path: string, writer: RowWriter): Missing {
  const log = guarded(() => logBelongs(path)) === false ? 'without-log' : 'with-log';
  const { gaps, evidence } = guarded(() => selectRows(path, log, writer.takeSelected)) ?? nothingRead;
  const logIsWhole = log === 'with-log' && /^(none|whole)$/.test(guarded(() => stateOfLog(path)) ?? 'unreadable');
  const certain = logIsWhole && evidence.allMessages && evidence.allConversations;
  const isWhole = Object.values(chatTables).every(({ name }) => gaps.get(name)?.length === 0);
  if (log === 'with-log' && !logIsWhole) guarded(() => pageRows(path, 'whole-log', writer.take));
  if (isWhole && writer.hasAll(evidence)) return { gaps, evidence, log, certain };
  // A page that no tree leads to any more may hold what was deleted; only where rows are missing is it looked at.
  guarded(() => pageRows(path, log, writer.take));
  if (!isWhole && log === 'with-log') {
    guarded(() => selectRows(path, 'without-log', writer.take));
    guarded(() => pageRows(path, 'without-log', writer.take));
  }
  return { gaps, evidence, log, certain };
}

const nothingRead = { gaps: new Map<string, readonly Gap[] | null>(), evidence: noEvidence };

/** A file that is none (a folder, one that is not there) has nothing to give. */
function guarded<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch (error) {
    if ((error as { errcode?: number }).errcode === 13) throw error;
    return null;
  }
}

/** Chats whose own row is lost are named after their first question again. */
function nameUntitled(target: DatabaseSync): void {
  const untitled = target
    .prepare(
      `SELECT conversation_id AS id, min(created_at) AS first, max(created_at) AS last,
         (SELECT text FROM messages q WHERE q.conversation_id = m.conversation_id ORDER BY q.role = 'assistant', q.position LIMIT 1) AS text
       FROM messages m WHERE conversation_id NOT IN (SELECT id FROM conversations) GROUP BY conversation_id`,
    )
    .all();
  const insert = target.prepare('INSERT INTO conversations (id, title, created_at, updated_at) VALUES (?, ?, ?, ?)');
  for (const { id, first, last, text } of untitled)
    insert.run(id as string, titleOf(String(text)), Number(first), Number(last));
}
