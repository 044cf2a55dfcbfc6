import { randomUUID } from 'node:crypto';
import { AppError, toErrorShape } from '../../contract/errors.ts';
import type { Entry, Receipt } from '../../contract/receipt.ts';
import { withDiskFull } from '../disk-full.ts';
import type { Log } from '../ports.ts';
import type { Queries, Row } from '../queries.ts';
import type { NewEntry, ReceiptBook, Settlement } from '../sending/receipt-book.ts';

/**
 * What left this machine, an entry a model call, in the database. An entry outlives the chat it was for: what was sent was
 * sent. It holds who got it and how much, and nothing of what it said.
 */
export class Receipts implements ReceiptBook {
  readonly #database: Queries;
  readonly #log: Log;
  /** Could not be written, as on a full disk; tried again with the next entry. */
  readonly #unsettled = new Map<string, Settlement>();

  /** Marks what the last core was sending when it died: nobody knows more of it than that it may have been sent. */
  constructor(database: Queries, log: Log) {
    this.#database = database;
    this.#log = log;
    try {
      database.exec("UPDATE receipts SET state = 'unknown' WHERE state = 'sending'");
    } catch (error) {
      this.#putOff(error);
    }
  }

  begin({ purpose, to, messageId }: NewEntry): string {
    const id = `e-${randomUUID()}`;
    try {
      this.#database
        .prepare(
          `INSERT INTO receipts (id, message_id, purpose, state, host, place, server_id, model_id, model_name, began_at)
           VALUES (?, (SELECT id FROM messages WHERE id = ?), ?, 'sending', ?, ?, ?, ?, ?, ?)`,
        )
        .run(id, messageId, purpose, to.host, to.place, to.serverId, to.modelId, to.modelName, Date.now());
    } catch (error) {
      throw noReceipt(error);
    }
    for (const [other, settlement] of this.#unsettled) this.settle(other, settlement);
    return id;
  }

  settle(id: string, settlement: Settlement): void {
    const { state, requests, sentBytes, promptTokens, outputTokens, error } = settlement;
    try {
      this.#database
        .prepare(
          `UPDATE receipts SET state = ?, settled_at = ?, requests = ?, sent_bytes = ?, prompt_tokens = ?,
             output_tokens = ?, error = ? WHERE id = ?`,
        )
        .run(state, Date.now(), requests, sentBytes, promptTokens, outputTokens, error, id);
      this.#unsettled.delete(id);
    } catch (failure) {
      this.#unsettled.set(id, settlement);
      this.#putOff(failure);
    }
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
         ORDER BY r.began_at`,
      )
      .all(conversationId);
    const entries = Map.groupBy(rows, (row) => String(row['message_id']));
    return new Map([...entries].map(([messageId, group]) => [messageId, brokenOff(group.map(toEntry))]));
  }

  #putOff(error: unknown): void {
    this.#log.write('receipt-put-off', { detail: toErrorShape(error).message });
  }
}

/** The receipt of an answer that nothing is known of but its calls. */
function brokenOff(entries: readonly Entry[]): Receipt {
  return { entries, basis: { type: 'whole' }, firstTextMs: null, wordsPerSecond: null, tokensPerSecond: null };
}

function toEntry(row: Row): Entry {
  const [began, settled] = [numberOf(row['began_at']), numberOf(row['settled_at'])];
  return {
    where: 'server',
    host: String(row['host']),
    modelId: String(row['model_id']),
    modelName: String(row['model_name']),
    promptTokens: numberOf(row['prompt_tokens']),
    cachedTokens: null,
    outputTokens: numberOf(row['output_tokens']),
    contextTokens: null,
    droppedMessages: 0,
    ms: began === null || settled === null ? null : Math.max(0, settled - began),
  };
}

function numberOf(value: Row[string] | undefined): number | null {
  return typeof value === 'number' ? value : null;
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
