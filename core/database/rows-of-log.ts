import type { DatabaseSync } from 'node:sqlite';
import { sha256Of } from '../receipt-chain.ts';
import { columnsOf, fieldsOf, type RecordFields } from '../receipt-columns.ts';
import { type NamedRow, smallTables } from './salvaged-tables.ts';

const [, , receipts] = smallTables;
const changed = receipts.columns.filter((name) => name !== 'id' && name !== 'message_id');
const insert = `INSERT INTO receipts (${receipts.columns.join(', ')}) VALUES (${receipts.columns.map(() => '?').join(', ')})`;
/** The log has an answer's id only in some lines: one that the row knows stays. */
const whole = `${insert} ON CONFLICT (id) DO UPDATE SET ${changed.map((name) => `${name} = excluded.${name}`).join(', ')}`;

interface Told {
  readonly columns: NamedRow;
  readonly answer: string | null;
  /** Whether the log knows how the call ended: else a row may know more. */
  readonly ended: boolean;
}

/**
 * Makes the rows of entries anew from the lines of the log: they are made from it, and a row that is lost, or that comes from an
 * older copy, would take with it what the call cost, and a budget would have that to spend again. A line that is not what its
 * hash says counts for nothing.
 */
export function rowsOfLog(target: DatabaseSync): void {
  const entries = new Map<string, Told>();
  // A number, or a time, that was damaged may be more than can be read as one.
  const lines = target.prepare('SELECT entry, record, hash FROM receipt_log ORDER BY number');
  for (const { entry, record, hash } of lines.iterate()) {
    const fields = sha256Of(String(record)) === hash ? fieldsOf(String(record)) : null;
    if (fields !== null) entries.set(String(entry), withLine(entries.get(String(entry)), fields));
  }
  const writeWhole = target.prepare(whole);
  const writeMissing = target.prepare(`${insert} ON CONFLICT (id) DO NOTHING`);
  const isThere = target.prepare('SELECT 1 FROM messages WHERE id = ?');
  for (const [id, { columns, answer, ended }] of entries) {
    const messageId = answer !== null && isThere.get(answer) !== undefined ? answer : null;
    const row = receipts.clean({ ...columns, id, message_id: messageId });
    if (row === null) continue;
    try {
      (ended ? writeWhole : writeMissing).run(...receipts.columns.map((name) => row[name] ?? null));
    } catch {
      // Somebody wrote a line that no row can be made of.
    }
  }
}

function withLine(before: Told | undefined, fields: RecordFields): Told {
  const answer = fields['answer'];
  return {
    columns: { ...before?.columns, ...(columnsOf(fields) as NamedRow) },
    answer: typeof answer === 'string' ? answer : (before?.answer ?? null),
    ended: fields['kind'] !== 'begin',
  };
}
