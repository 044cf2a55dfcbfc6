import { constants, statSync } from 'node:fs';
import { open, readdir, readFile, rename, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Disposable } from '../../contract/disposable.ts';

/** Larger clipboards are lent too, and are gone if this process dies meanwhile. */
const fileLimitBytes = 32 * 1024 * 1024;
/** What a process left longer ago than this belongs to another time, and is thrown away. */
const oldestMs = 10 * 60_000;
/** A process that is there says so this often. */
const aliveEveryMs = 60_000;

/** One format of a clipboard by names, which outlive the display's numbers for them; `data` in base64. */
const savedFormats = z.array(
  z.strictObject({
    target: z.string().min(1).max(500),
    type: z.string().min(1).max(500),
    units: z.union([z.literal(8), z.literal(16), z.literal(32)]),
    data: z.base64(),
  }),
);
const unsigned32 = z.int().min(0).max(0xffff_ffff);
const savedLease = z.strictObject({
  formats: savedFormats,
  /**
   * The window that was asked to copy, when by the display's clock, and for how many milliseconds from then on what it copies
   * is taken for that; null for a loan that no other program writes to.
   */
  copy: z.strictObject({ window: unsigned32, at: unsigned32, withinMs: unsigned32 }).nullable(),
});
export type SavedFormats = readonly z.infer<typeof savedFormats>[number][];
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
    for (const path of await this.#leftPaths()) {
      const found = await readOwn(path);
      if (found !== null && Date.now() - found.at < oldestMs && found.at > (newest?.at ?? 0)) newest = found;
    }
    return newest?.lease ?? null;
  }

  /** Throws away what processes that are gone have left. */
  async forgetLeft(): Promise<void> {
    for (const path of await this.#leftPaths()) await rm(path, { force: true }).catch(() => {});
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

  async #leftPaths(): Promise<readonly string[]> {
    const folder = this.#folder;
    if (folder === null) return [];
    const names = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith(this.#prefix));
    const running = await Promise.all(names.map((name) => isRunning(processOf(name, this.#prefix))));
    return names.filter((_, index) => running[index] === false).map((name) => join(folder, name));
  }
}

/** A folder that is this user's alone, as the system makes it; null for any other, which others could read or change. */
function ownFolder(folder: string | undefined): string | null {
  const stats = folder ? statSync(folder, { throwIfNoEntry: false }) : undefined;
  const isOwn = stats?.isDirectory() && stats.uid === process.geteuid?.() && (stats.mode & 0o077) === 0;
  return folder && isOwn ? folder : null;
}

function processOf(name: string, prefix: string): number {
  return Number.parseInt(name.slice(prefix.length), 10);
}

/** A process that was killed is one until its parent has taken note of it. */
async function isRunning(processId: number): Promise<boolean> {
  try {
    const stat = await readFile(`/proc/${processId}/stat`, 'utf8');
    return !stat.slice(stat.lastIndexOf(')')).startsWith(') Z');
  } catch {
    return false;
  }
}

/** A regular file of this user that nobody else may read or write; null for anything else. `at`: when it was written last. */
async function readOwn(path: string): Promise<{ readonly lease: SavedLease; readonly at: number } | null> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const { uid, mode, mtimeMs, size } = await file.stat();
      const isOwn =
        uid === process.getuid?.() && (mode & constants.S_IFMT) === constants.S_IFREG && (mode & 0o077) === 0;
      if (!isOwn || size > fileLimitBytes * 2) return null;
      return { lease: savedLease.parse(JSON.parse(await file.readFile('utf8'))), at: mtimeMs };
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}
