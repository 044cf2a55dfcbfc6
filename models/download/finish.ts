import { open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import type { FetchedFile } from '../../contract/model.ts';
import { fileNameOf } from '../catalogue/catalogue.ts';
import { sha256Of } from './checksum.ts';
import { sizeOf } from './http-file.ts';
import type { TransferOptions } from './transfer-options.ts';

/**
 * Gives a file that has arrived its name, when it is the one that the catalogue names. Rejects with `download/checksum`, having
 * removed it. `doneShare`: how much of the work after fetching is done before, from 0 to 1.
 */
export async function finish(
  { row, folder, signal, onProgress }: TransferOptions,
  part: string,
  target: string,
  doneShare: number,
): Promise<void> {
  let hashedBytes = 0;
  const onBytes = (bytes: number) => {
    hashedBytes += bytes;
    const amount = row.bytes * doneShare + Math.min(row.bytes, hashedBytes) * (1 - doneShare);
    onProgress({ amount, stage: 'checking', source: null });
  };
  onBytes(0);
  if ((await sizeOf(part)) !== row.bytes || (await sha256Of(part, signal, onBytes)) !== row.sha256) {
    await removeParts(row, folder);
    throw new AppError('download/checksum', `${row.id} is not the file it should be`, { action: 'try-again' });
  }
  const file = await open(part, 'r+');
  await file.sync();
  await file.close();
  signal.throwIfAborted();
  // The name comes last: a file that has it is complete, whatever happens next.
  await writeFile(`${target}.sha256`, `${row.sha256}\n`);
  await rename(part, target);
  await rm(part.replace(/\.part$/, '.parts'), { recursive: true, force: true });
  const directory = await open(dirname(target), 'r');
  await directory.sync().catch(() => {});
  await directory.close();
}

/** Removes what an unfinished download left. */
export async function removeParts(row: FetchedFile, folder: string): Promise<void> {
  const target = join(folder, fileNameOf(row));
  await rm(`${target}.part`, { force: true });
  await rm(`${target}.parts`, { recursive: true, force: true });
}
