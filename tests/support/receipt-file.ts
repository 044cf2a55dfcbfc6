import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenDatabaseOptions, openDatabase } from '../../core/database/open-database.ts';
import { Receipts } from '../../core/receipts/receipts.ts';

export const silent = { write: () => {} };

/** A database of its own with receipts in it, which a test opens again, fills and changes. */
export class ReceiptFile {
  readonly folder = mkdtempSync(join(tmpdir(), 'beckon-receipt-log-'));
  readonly path = join(this.folder, 'beckon.db');
  #opened = openDatabase(this.path);
  #receipts: Receipts | null = null;

  get database() {
    return this.#opened.database;
  }

  /** Made when they are first asked for, which marks what was being sent when the file was closed. */
  get receipts(): Receipts {
    this.#receipts ??= new Receipts(this.database, silent);
    return this.#receipts;
  }

  /** Closes it, lets something be done to the file, and opens it anew. */
  again(meanwhile: () => void = () => {}, options: OpenDatabaseOptions = {}): void {
    this.#opened.database.close();
    meanwhile();
    this.#opened = openDatabase(this.path, options);
    this.#receipts = null;
  }

  /** Changes the file as somebody does who wants to: what keeps lines from being changed is taken away first. */
  tamper(sql: string): void {
    this.database.exec('DROP TRIGGER receipt_log_kept; DROP TRIGGER receipt_log_held');
    this.database.exec(sql);
  }

  remove(): void {
    this.#opened.database.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
