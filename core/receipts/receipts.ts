import { randomUUID } from 'node:crypto';
import { AppError, toErrorShape } from '../../contract/errors.ts';
import type { Currency } from '../../contract/price.ts';
import type { Entry, Receipt } from '../../contract/receipt.ts';
import type { LogReport, ReceiptRow } from '../../contract/receipt-log.ts';
import type { UsageGroup } from '../../contract/usage.ts';
import { withDiskFull } from '../disk-full.ts';
import type { Log } from '../ports.ts';
import type { Queries } from '../queries.ts';
import type { Link } from '../receipt-chain.ts';
import { columnsOf } from '../receipt-columns.ts';
import type { NewEntry, ReceiptBook, Settlement } from '../sending/receipt-book.ts';
import { checkRows } from './check-rows.ts';
import { ReceiptLog } from './receipt-log.ts';
import { entryOf, rowOf, textOf } from './receipt-rows.ts';
import { beginRecord, callRecord, type LocalCall, settleRecord } from './records.ts';
import { readSpent, SpentSums } from './spent-sums.ts';
import { usageSince } from './usage.ts';
import { readLog } from './verify-log.ts';

/** A row with the server that it went to, which may be gone. */
export type AnswerRow = ReceiptRow & { readonly serverId: string | null };

/**
 * What models were asked, an entry a call, in the database. An entry outlives the chat it was for: what was sent was sent. It
 * holds who got it and how much, and nothing of what it said. Each entry is told by lines of a log in which every line has the
 * hash of the one before, so that what was written down cannot be changed later without being seen.
 */
export class Receipts implements ReceiptBook {
  readonly #database: Queries;
  readonly #log: Log;
  readonly #synced: () => Promise<void>;
  readonly #lines: ReceiptLog;
  readonly #sums: SpentSums;
  /** Could not be written, as on a full disk; tried again with the next entry. */
  readonly #unsettled = new Map<string, Settlement>();

  /**
   * Marks what the last core was sending when it died: nobody knows more of it than that it may have been sent. `synced` resolves
   * once what was committed is on the disk; left out for a database whose every commit waits for that.
   */
  constructor(database: Queries, log: Log, synced: () => Promise<void> = async () => {}) {
    this.#database = database;
    this.#log = log;
    this.#synced = synced;
    this.#lines = new ReceiptLog(database);
    this.#sums = new SpentSums((from) => readSpent(database, from));
    try {
      this.#endUnknown();
    } catch (error) {
      this.#putOff(error);
    }
  }

  begin(entry: NewEntry): string {
    const id = `e-${randomUUID()}`;
    try {
      const began = this.#lines.change(() => {
        const at = Date.now();
        const record = beginRecord(id, at, this.#actionOf(entry.messageId), entry);
        this.#lines.insertRow(id, entry.messageId, columnsOf(record));
        this.#lines.add(id, at, record);
        return at;
      });
      this.#sums.begin(id, began, entry.reserved ?? null);
    } catch (error) {
      throw noReceipt(error);
    }
    for (const [other, settlement] of this.#unsettled) this.settle(other, settlement);
    return id;
  }

  async kept(): Promise<void> {
    try {
      await this.#synced();
    } catch (error) {
      throw noReceipt(error);
    }
  }

  settle(id: string, settlement: Settlement): void {
    try {
      this.#lines.change(() => {
        const at = Date.now();
        const record = settleRecord(id, at, settlement);
        this.#lines.updateRow(id, columnsOf(record));
        this.#lines.add(id, at, record);
      });
      this.#unsettled.delete(id);
      this.#sums.settle(id, settlement.cost ?? null);
    } catch (failure) {
      this.#unsettled.set(id, settlement);
      this.#putOff(failure);
    }
  }

  /** Writes down calls of the model on this machine. Never throws: an answer is not lost for its receipt. */
  addLocal(answerId: string, calls: readonly LocalCall[]): void {
    try {
      this.#lines.change(() => {
        const action = this.#actionOf(answerId);
        for (const call of calls) {
          const id = `e-${randomUUID()}`;
          const record = callRecord(id, answerId, action, call);
          this.#lines.insertRow(id, answerId, columnsOf(record));
          this.#lines.add(id, call.endedAt, record);
        }
      });
    } catch (error) {
      this.#putOff(error);
    }
  }

  /** The newest first, without the first `skip`. */
  list(limit: number, skip = 0): readonly ReceiptRow[] {
    return this.#database
      .prepare('SELECT * FROM receipts ORDER BY began_at DESC, rowid DESC LIMIT ? OFFSET ?')
      .all(limit, skip)
      .map(rowOf);
  }

  /** The calls for an answer, in their order, with the lines of the log about them. */
  ofAnswer(answerId: string): { readonly rows: readonly AnswerRow[]; readonly links: readonly Link[] } {
    const rows = this.#database
      .prepare('SELECT * FROM receipts WHERE message_id = ? ORDER BY began_at, rowid LIMIT 500')
      .all(answerId);
    return {
      rows: rows.map((row) => ({ ...rowOf(row), serverId: textOf(row['server_id']) })),
      links: this.#lines.linksOf(rows.map(({ id }) => String(id))),
    };
  }

  /**
   * What calls since a time came to, or may have, where that is open: in milliseconds since 1970, by currency. A call that is
   * under way, or whose end nobody saw, counts with all that was set aside for it.
   */
  spentSince(from: number): Readonly<Record<Currency, number>> {
    return this.#sums.since(from);
  }

  usageSince(from: number): readonly UsageGroup[] {
    return usageSince(this.#database, from);
  }

  /** Whether every line is what it was, and every entry what its lines say. */
  verify(): LogReport {
    const read = readLog(this.#lines.links());
    const { rows: _, ...report } = read;
    return report.fault === null ? { ...report, fault: checkRows(this.#database, read) } : report;
  }

  /** The hash of the last line about an answer; null for one that no model was asked for. */
  lastHashOf(answerId: string): string | null {
    const row = this.#database
      .prepare(
        `SELECT l.hash FROM receipt_log l JOIN receipts r ON r.id = l.entry
         WHERE r.message_id = ? ORDER BY l.number DESC LIMIT 1`,
      )
      .get(answerId);
    return typeof row?.['hash'] === 'string' ? row['hash'] : null;
  }

  links(from: number, most: number): readonly Link[] {
    return this.#lines.links(from, most);
  }

  /**
   * The receipts of answers that have none of their own since they were broken off: by the answer's id, where its question
   * went. Entries of which it is known that nothing arrived are left out.
   */
  ofConversation(conversationId: string): ReadonlyMap<string, Receipt> {
    const rows = this.#database
      .prepare(
        `SELECT r.* FROM receipts r JOIN messages m ON m.id = r.message_id
         WHERE m.conversation_id = ? AND m.receipt IS NULL AND (r.state <> 'failed' OR r.sent_bytes > 0)
           AND r.place IS NOT 'device'
         ORDER BY r.began_at`,
      )
      .all(conversationId);
    const entries = Map.groupBy(rows, (row) => String(row['message_id']));
    return new Map([...entries].map(([messageId, group]) => [messageId, brokenOff(group.map(entryOf))]));
  }

  #endUnknown(): void {
    const open = this.#database.prepare("SELECT id FROM receipts WHERE state = 'sending'").all();
    if (open.length === 0) return;
    this.#lines.change(() => {
      const at = Date.now();
      for (const row of open) {
        const id = String(row['id']);
        this.#lines.updateRow(id, { state: 'unknown' });
        this.#lines.add(id, at, settleRecord(id, at, { state: 'unknown' }));
      }
    });
  }

  /** The action whose answer it is; null for a question in one's own words, and for what is no answer. */
  #actionOf(messageId: string | null): string | null {
    if (messageId === null) return null;
    const row = this.#database
      .prepare(
        `SELECT CASE WHEN json_valid(q.action) THEN json_extract(q.action, '$.id') END AS id
         FROM messages a JOIN messages q ON q.conversation_id = a.conversation_id AND q.position < a.position
         WHERE a.id = ? AND q.role = 'user' ORDER BY q.position DESC LIMIT 1`,
      )
      .get(messageId);
    const id = row?.['id'];
    return typeof id === 'string' ? id.slice(0, 100) : null;
  }

  #putOff(error: unknown): void {
    this.#log.write('receipt-put-off', { detail: toErrorShape(error).message });
  }
}

/** The receipt of an answer that nothing is known of but its calls. */
function brokenOff(entries: readonly Entry[]): Receipt {
  return { entries, basis: { type: 'whole' }, firstTextMs: null, wordsPerSecond: null, tokensPerSecond: null };
}

function noReceipt(error: unknown): AppError {
  const { code, message } = toErrorShape(withDiskFull(error));
  const full = code === 'disk/full';
  return new AppError(
    'sending/no-receipt',
    message,
    full ? { values: { context: 'disk-full' }, action: 'free-space' } : { action: 'try-again' },
    error,
  );
}
