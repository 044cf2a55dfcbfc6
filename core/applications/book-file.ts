import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { agreedLimit } from '../../contract/desktop.ts';
import { type SeenApplication, seenApplicationSchema } from '../../contract/routes/applications.ts';

/** A larger one is no file of ours. */
const fileLimitBytes = 1_000_000;
const schema = z.strictObject({ version: z.literal(1), applications: z.array(z.unknown()) });

/** Where it is kept what was seen of applications. It holds their names, and nothing that was read in them. */
export class BookFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Whatever of it can be understood; nothing where it cannot be read. */
  read(): readonly SeenApplication[] {
    try {
      const text = readFileSync(this.#path, 'utf8');
      if (text.length > fileLimitBytes) return [];
      const { applications } = schema.parse(JSON.parse(text));
      const read = applications.map((one) => seenApplicationSchema.safeParse(one));
      return read.flatMap(({ success, data }) => (success ? [data] : [])).slice(0, agreedLimit);
    } catch {
      return [];
    }
  }

  /** It is as it was where it cannot be written: what was seen is seen again. */
  write(applications: readonly SeenApplication[]): void {
    try {
      writeFileSync(`${this.#path}.new`, `${JSON.stringify({ version: 1, applications }, null, 2)}\n`, { mode: 0o600 });
      renameSync(`${this.#path}.new`, this.#path);
    } catch {
      // The profile is full or may not be written to, which is told elsewhere.
    }
  }
}
