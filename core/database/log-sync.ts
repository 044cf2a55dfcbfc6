import { open } from 'node:fs/promises';

export interface LogSyncOptions {
  /** The disk did not take what was committed. */
  readonly onFailing: () => void;
  /** Waits until a file is on the disk; that of this system where it is left out. */
  readonly sync?: (path: string) => Promise<void>;
}

/**
 * Brings what was committed onto the disk, beside core's thread. SQLite alone hands a change to the system, which keeps it when
 * the process dies and loses it when the machine does; waiting for the disk took core 1 to 12 ms a change. Changes that come while
 * one wait is under way share the next one.
 */
export class LogSync {
  readonly #path: string;
  readonly #options: LogSyncOptions;
  /** Changes that were committed, and those of them that are on the disk. */
  #committed = 0;
  #kept = 0;
  #running: Promise<void> | null = null;
  #next: Promise<void> | null = null;

  /** `path`: the log of the database. */
  constructor(path: string, options: LogSyncOptions) {
    this.#path = path;
    this.#options = options;
  }

  get isBehind(): boolean {
    return this.#kept < this.#committed;
  }

  /** A change was committed: it is on the disk a moment later. */
  committed(): void {
    this.#committed += 1;
    if (this.#next === null) void this.synced().catch(this.#options.onFailing);
  }

  /** Resolves once all that was committed before is on the disk; rejects where the disk does not take it. */
  synced(): Promise<void> {
    if (!this.isBehind) return Promise.resolve();
    if (this.#next !== null) return this.#next;
    const before = this.#running;
    if (before === null) return this.#go();
    this.#next = before.catch(() => {}).then(() => this.#go());
    return this.#next;
  }

  #go(): Promise<void> {
    this.#next = null;
    const going = this.#wait().finally(() => {
      if (this.#running === going) this.#running = null;
    });
    this.#running = going;
    return going;
  }

  async #wait(): Promise<void> {
    const covered = this.#committed;
    await (this.#options.sync ?? syncFile)(this.#path);
    this.#kept = covered;
  }
}

async function syncFile(path: string): Promise<void> {
  try {
    // Windows flushes what was opened for writing alone.
    const file = await open(path, 'r+');
    await file.datasync().finally(() => file.close());
  } catch (error) {
    // SQLite takes the log away once all of it stands, synced, in the database.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
