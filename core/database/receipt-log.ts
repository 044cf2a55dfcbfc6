import type { DatabaseSync } from 'node:sqlite';
import { type Json, mostLines, nextLink } from '../receipt-chain.ts';

/** What a receipt tells besides: what it cost, what was sent and why. They stand behind the columns there were. */
export const receiptColumns = [
  ...['action TEXT', 'reason TEXT', 'hidden INTEGER', 'sha256 TEXT', 'cached_tokens INTEGER'],
  ...['cache_write_tokens INTEGER', 'thinking_tokens INTEGER', 'currency TEXT', 'cost_low REAL', 'cost_high REAL'],
  ...['price_row TEXT', 'price_on TEXT', 'reserved REAL', 'words INTEGER'],
] as const;

/**
 * The log of receipts: lines that are only ever added, each with the hash of the one before. What may change meanwhile (whether
 * a chat is still there, how a call ended) stands in `receipts`, which is made from it.
 */
export const receiptLogTable = `
  ${receiptColumns.map((column) => `ALTER TABLE receipts ADD COLUMN ${column};`).join('\n  ')}
  CREATE INDEX receipts_by_time ON receipts (began_at, currency, cost_high, reserved);
  CREATE TABLE receipt_log (
    number INTEGER PRIMARY KEY,
    entry TEXT NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    record TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER receipt_log_kept BEFORE UPDATE ON receipt_log
  BEGIN SELECT RAISE(ABORT, 'receipts are only added'); END;
  CREATE TRIGGER receipt_log_held BEFORE DELETE ON receipt_log
  BEGIN SELECT RAISE(ABORT, 'receipts are only added'); END;
`;

/** What of a row from before stands in its record: all but what a later removal of its chat changes. */
const told = [
  ...['purpose', 'state', 'host', 'place', 'server_id', 'model_id', 'model_name', 'began_at', 'settled_at'],
  ...['requests', 'sent_bytes', 'prompt_tokens', 'output_tokens', 'error'],
] as const;

/**
 * Takes entries into the log that it has no line of: those from before there was one, and those that were made anew from
 * answers when a damaged file was mended. Each such line says so itself.
 */
export function takeOver(database: DatabaseSync, why: 'upgrade' | 'mended'): void {
  const rows = database
    .prepare(
      `SELECT * FROM receipts WHERE id NOT IN (SELECT entry FROM receipt_log WHERE kind <> 'settle') ORDER BY began_at, rowid`,
    )
    .all();
  const insert = database.prepare(
    'INSERT INTO receipt_log (number, entry, kind, at, record, hash) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const at = Date.now();
  let last: { readonly number: number; readonly hash: string } | null = null;
  const newest = database
    .prepare(`SELECT number, hash FROM receipt_log WHERE number < ${mostLines} ORDER BY number DESC LIMIT 1`)
    .get();
  if (newest !== undefined) last = { number: Number(newest['number']), hash: String(newest['hash']) };
  for (const row of rows) {
    const entry = Object.fromEntries(told.map((name) => [name, (row[name] ?? null) as Json]));
    const id = String(row['id']);
    const link = nextLink({ kind: 'before', at, why, id, entry }, last);
    insert.run(link.number, id, 'before', at, link.record, link.hash);
    last = link;
  }
}
