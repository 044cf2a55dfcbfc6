import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

/** Larger clipboards are lent too, and are gone if this process dies meanwhile. */
const fileLimitBytes = 32 * 1024 * 1024;

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

/**
 * What was in the clipboard before it was lent, kept for the case that this process dies with it. In the runtime folder of
 * the session: memory that only this user can read, gone with the session. Without such a folder nothing is kept.
 */
export class LeaseFile {
  readonly #path: string | null;

  constructor(env: NodeJS.ProcessEnv) {
    const folder = env['XDG_RUNTIME_DIR'];
    const display = (env['DISPLAY'] ?? '').replaceAll(/[^\w.]/g, '_');
    this.#path = folder ? join(folder, `beckon-clipboard-${display}.json`) : null;
  }

  /** False when it could not be kept; the lease goes on without. */
  async keep(formats: SavedFormats, copy: AskedCopy | null): Promise<boolean> {
    const text = JSON.stringify({ formats, copy });
    if (this.#path === null || text.length > fileLimitBytes) return false;
    try {
      await writeFile(`${this.#path}.part`, text, { mode: 0o600 });
      await rename(`${this.#path}.part`, this.#path);
      return true;
    } catch {
      await this.forget();
      return false;
    }
  }

  /** What an earlier process left; null when there is nothing or it cannot be understood. */
  async left(): Promise<SavedLease | null> {
    if (this.#path === null) return null;
    try {
      return savedLease.parse(JSON.parse(await readFile(this.#path, 'utf8')));
    } catch {
      return null;
    }
  }

  async forget(): Promise<void> {
    if (this.#path === null) return;
    for (const path of [this.#path, `${this.#path}.part`]) await rm(path, { force: true }).catch(() => {});
  }
}
