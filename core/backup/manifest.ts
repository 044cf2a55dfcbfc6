import * as z from 'zod';
import { leftOutOfBackups } from '../../contract/backup.ts';
import { AppError } from '../../contract/errors.ts';
import { databaseName, fileLimitBytes, isBackedUp, mostFiles } from './backed-up.ts';

/** The first line of a backup. Then: a line of JSON that says what follows, the files one after another, a last line. */
export const firstLine = 'beckon backup 1\n';
/** Bytes of the last line: `end ` and the SHA-256 of all before it, in hexadecimal digits. */
export const lastLineBytes = 4 + 64 + 1;
/** Longest first two lines. */
export const manifestLimitBytes = 8_000_000;

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const manifestSchema = z.strictObject({
  version: z.string().max(40),
  at: z.number().int().min(0),
  counts: z.strictObject({ chats: z.number(), actions: z.number(), receipts: z.number() }),
  leftOut: z.array(z.enum(leftOutOfBackups)),
  files: z
    .array(z.strictObject({ name: z.string().max(700), bytes: z.number().int().min(0), sha256: hash }))
    .max(mostFiles),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** Reads the second line. Throws `backup/damaged`. */
export function readManifest(line: string, file: string): Manifest {
  const damaged = (what: string) => new AppError('backup/damaged', what, { values: { file } });
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw damaged(String(error));
  }
  const parsed = manifestSchema.safeParse(value);
  if (!parsed.success) throw damaged(parsed.error.message.slice(0, 300));
  const seen = new Set<string>();
  for (const { name, bytes } of parsed.data.files) {
    // Some systems take names for one that differ in their case or in how a letter is put together.
    const same = name.normalize('NFC').toLowerCase();
    if (!isBackedUp(name) || seen.has(same)) throw damaged(`a file that no backup has: ${name.slice(0, 80)}`);
    if (name !== databaseName && bytes > fileLimitBytes) throw damaged(`${name.slice(0, 80)} is too large`);
    seen.add(same);
  }
  return parsed.data;
}
