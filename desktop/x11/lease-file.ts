import { open, rename, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { type ClipboardFormatByName, clipboardFormatSchema } from '../../contract/desktop.ts';
import type { Disposable } from '../../contract/disposable.ts';
import { leftPaths, ownFolder, readOwnFile } from './left-files.ts';

/** Larger clipboards are lent too, and are gone if this process dies meanwhile. */
const fileLimitBytes = 32 * 1024 * 1024;
/** What a process left longer ago than this belongs to another time, and is thrown away. */
const oldestMs = 10 * 60_000;
/** A process that is there says so this often. */
const aliveEveryMs = 60_000;

const savedFormats = z.array(clipboardFormatSchema);
const unsigned32 = z.int().min(0).max(0xffff_ffff);
const savedLease = z.strictObject({
  formats: savedFormats,
  /**
   * The window that was asked to copy, when by the display's clock, and for how many milliseconds from then on what it copies
   * is taken for that; null for a loan that no other program writes to.
   */
  copy: z.strictObject({ window: unsigned32, at: unsigned32, withinMs: unsigned32 }).nullable(),
});
export type SavedFormats = readonly ClipboardFormatByName[];
export type SavedLease = z.infer<typeof savedLease>;
export type AskedCopy = NonNullable<SavedLease['copy']>;

/** `lease`: what was in the clipboard before it was lent. `copy`: what Beckon itself has copied. */
export type KeptKind = 'lease' | 'copy';

/**
 * What a process has in the clipboard for others, kept for the case that it dies with it. In the runtime folder of the
 * session: memory that only this user can read, gone with the session. Without such a folder nothing is kept. Each process
 * has files of its own, so that one that is about to end never throws away what the next one keeps.
 */
export class LeaseFile implements Disposable {
  readonly #folder: string | null;
  readonly #prefix: string;
  readonly #name: string;
  #alive: NodeJS.Timeout | undefined;

  constructor(env: NodeJS.ProcessEnv, kind: KeptKind, processId = process.pid) {
    this.#folder = ownFolder(env['XDG_RUNTIME_DIR']);
    const display = (env['DISPLAY'] ?? '').replaceAll(/[^\w.]/g, '_');
    this.#prefix = `beckon-clipboard-${display}-`;
    this.#name = `${this.#prefix}${processId}-${kind}.json`;
  }

  /** False when it could not be kept; the lease goes on without. */
  async keep(formats: SavedFormats, copy: AskedCopy | null): Promise<boolean> {
    const text = JSON.stringify({ formats, copy });
    if (this.#folder === null || text.length > fileLimitBytes) {
      await this.forget();
      return false;
    }
    const path = join(this.#folder, this.#name);
    try {
      await rm(`${path}.part`, { force: true });
      // Made anew, for this user alone: what somebody else put there is not written into.
      const file = await open(`${path}.part`, 'wx', 0o600);
      await file.writeFile(text).finally(() => file.close());
      await rename(`${path}.part`, path);
      this.#stayAlive(path);
      return true;
    } catch {
      await this.forget();
      return false;
    }
  }

  /** The newest that processes which are gone have left; null when there is none that can be understood. */
  async left(): Promise<SavedLease | null> {
    let newest: { readonly lease: SavedLease; readonly at: number } | null = null;
    for (const path of await leftPaths(this.#folder, this.#prefix)) {
      const { content, at } = (await readOwnFile(path, fileLimitBytes * 2)) ?? { content: null, at: 0 };
      const lease = savedLease.safeParse(content);
      if (lease.success && Date.now() - at < oldestMs && at > (newest?.at ?? 0)) newest = { lease: lease.data, at };
    }
    return newest?.lease ?? null;
  }

  /** Throws away what processes that are gone have left. */
  async forgetLeft(): Promise<void> {
    for (const path of await leftPaths(this.#folder, this.#prefix)) await rm(path, { force: true }).catch(() => {});
  }

  async forget(): Promise<void> {
    this.dispose();
    if (this.#folder === null) return;
    const path = join(this.#folder, this.#name);
    for (const each of [path, `${path}.part`]) await rm(each, { force: true }).catch(() => {});
  }

  /** Keeps the file, and says no more that this process is there. */
  dispose(): void {
    clearInterval(this.#alive);
  }

  #stayAlive(path: string): void {
    this.dispose();
    this.#alive = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => {}), aliveEveryMs);
    this.#alive.unref();
  }
}
