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
export type SavedFormats = readonly z.infer<typeof savedFormats>[number][];

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
  async keep(formats: SavedFormats): Promise<boolean> {
    const text = JSON.stringify(formats);
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

  /** What an earlier process left; empty when there is none or it cannot be understood. */
  async left(): Promise<SavedFormats> {
    if (this.#path === null) return [];
    try {
      return savedFormats.parse(JSON.parse(await readFile(this.#path, 'utf8')));
    } catch {
      return [];
    }
  }

  async forget(): Promise<void> {
    if (this.#path === null) return;
    for (const path of [this.#path, `${this.#path}.part`]) await rm(path, { force: true }).catch(() => {});
  }
}
