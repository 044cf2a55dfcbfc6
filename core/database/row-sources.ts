import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { DamageError } from '../queries.ts';
import { FileImage, type LogUse, pageSizeOf, usualPageSize } from './file-image.ts';
import { leafRows, type Value } from './leaf-rows.ts';
import { gatherEvidence, noEvidence, type RowEvidence } from './row-evidence.ts';
import { chatTables, type NamedRow, type SalvagedTable, smallTables } from './salvaged-tables.ts';
import { type Gap, scanTable } from './scan-table.ts';

/** Takes a row of a table. `whole` is false when a part of its text could not be read. */
export type TakeRow = (table: SalvagedTable, row: NamedRow, whole: boolean) => void;

/** What SQLite could read of a file. */
export interface SelectedRows {
  /** By the name of the table; null when the table could not be found at all. */
  readonly gaps: ReadonlyMap<string, readonly Gap[] | null>;
  readonly evidence: RowEvidence;
}

/** How SQLite opens a file: with its write-ahead log, or as if it had none. Neither changes a byte of it. */
export type OpenUse = Exclude<LogUse, 'whole-log'>;

/** Reads what plain queries give. Nothing that fails here is thrown: it is a gap. */
export function selectRows(path: string, use: OpenUse, take: TakeRow): SelectedRows {
  const gaps = new Map<string, readonly Gap[] | null>();
  let evidence = noEvidence;
  let database: DatabaseSync | null = null;
  // SQLite takes an empty file for a new database and throws its log away, reader or not.
  if (toldPageSize(path) === null) return { gaps, evidence };
  try {
    database = openUntouched(path, use);
    for (const table of [...Object.values(chatTables), ...smallTables]) {
      gaps.set(table.name, scanOrNull(database, table, take));
    }
    evidence = gatherEvidence(database);
  } catch {
    // A file that cannot be opened at all has no rows to select.
  } finally {
    database?.close();
  }
  return { gaps, evidence };
}

/** Opens a file for reading alone, in a way that leaves it and its log as they are. Throws a `DamageError` for what is none. */
export function openUntouched(path: string, use: OpenUse): DatabaseSync {
  // A pipe would be waited for, without end.
  if (!isFile(path)) throw new DamageError('it is no file');
  const hasLog = existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0;
  if (use === 'with-log' && hasLog) return new DatabaseSync(path, { readOnly: true, timeout: 5000 });
  const url = pathToFileURL(path);
  url.searchParams.set('immutable', '1');
  return new DatabaseSync(url, { readOnly: true, timeout: 5000 });
}

/** Whether the log beside a file is its own, as far as the two say whose they are. */
export function logBelongs(path: string): boolean {
  const [alone, together] = (['without-log', 'with-log'] as const).map((use) => sourceOf(path, use));
  return alone === null || together === null || alone === together;
}

/** The name that a database was given when it was made; null when it does not tell. */
function sourceOf(path: string, use: OpenUse): string | null {
  let database: DatabaseSync | null = null;
  if (toldPageSize(path) === null) return null;
  try {
    database = openUntouched(path, use);
    return String(database.prepare('SELECT id FROM search_source').get()?.['id']);
  } catch {
    return null;
  } finally {
    database?.close();
  }
}

/** How often messages were stored or removed in the life of a database; null when it does not tell. */
export function changesOf(path: string, use: OpenUse): number | null {
  if (toldPageSize(path) === null) return null;
  let database: DatabaseSync | null = null;
  try {
    database = openUntouched(path, use);
    const changes = database.prepare('SELECT changes FROM search_source').get()?.['changes'];
    // On a page that is another table's now stands anything.
    return Number.isSafeInteger(changes) && Number(changes) >= 0 ? Number(changes) : null;
  } catch {
    return null;
  } finally {
    database?.close();
  }
}

function scanOrNull(database: DatabaseSync, table: SalvagedTable, take: TakeRow): readonly Gap[] | null {
  try {
    return scanTable(database, table, (row) => take(table, row, true));
  } catch {
    return null;
  }
}

/** Reads every page by itself, knowing the rows of the chats by their form. */
export function pageRows(path: string, use: LogUse, take: TakeRow): void {
  if (existsSync(path) && !statSync(path).isFile()) return;
  for (const pageSize of new Set([toldPageSize(path) ?? usualPageSize, usualPageSize])) {
    const image = new FileImage(path, { log: use, pageSize });
    try {
      for (const { rowid, values, whole } of leafRows(image)) {
        const table = tableOf(values);
        if (table !== null) take(table, named(table, rowid, values), whole);
      }
    } finally {
      image.close();
    }
  }
}

/** The page size in the header of a file; null when it is no database at all. */
function toldPageSize(path: string): number | null {
  if (!isFile(path)) return null;
  const head = Buffer.alloc(100);
  const file = openSync(path, 'r');
  try {
    readSync(file, head, 0, head.length, 0);
  } finally {
    closeSync(file);
  }
  return pageSizeOf(head);
}

/** False also for a link that leads nowhere, or round and round. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function tableOf(values: readonly Value[]): SalvagedTable | null {
  const text = (at: number) => typeof values[at] === 'string';
  const number = (at: number) => typeof values[at] === 'number';
  // A row that was written before chats could be pinned has a value less.
  const mayBeChat = values.length === 5 || values.length === 6;
  if (mayBeChat && text(0) && text(1) && number(2) && number(3)) return chatTables.conversations;
  const mayBeMessage = values.length === 11 || values.length === 12;
  if (mayBeMessage && values[0] === null && text(1) && text(2) && number(3) && text(4)) return chatTables.messages;
  // A row from before there was a log has fewer values.
  const mayBeReceipt = values.length === 16 || values.length === receipts.columns.length;
  if (mayBeReceipt && text(0) && text(2) && text(3) && text(4) && number(9)) return receipts;
  const mayBeLine = values.length === receiptLog.columns.length && values[0] === null;
  if (mayBeLine && text(1) && text(2) && number(3) && text(4) && text(5)) return receiptLog;
  const mayBeText = values.length === 6 || values.length === 8 || values.length === 9;
  return mayBeText && text(0) && number(1) && text(2) ? chatTables.attachments : null;
}

const [, , receipts, receiptLog] = smallTables;

function named(table: SalvagedTable, rowid: number, values: readonly Value[]): NamedRow {
  const row: Record<string, Value> = { rowid };
  for (const [index, column] of table.columns.entries()) row[column] = values[index] ?? null;
  if (table.rowidColumn !== null) row[table.rowidColumn] = rowid;
  return row;
}
