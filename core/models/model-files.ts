import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FetchedFile } from '../../contract/model.ts';
import { fileNameOf } from '../../models/catalogue/catalogue.ts';

/** An id that stays the same for a path and says nothing of it. */
export function ownFileId(path: string): string {
  return `file:${createHash('sha256').update(path).digest('hex').slice(0, 16)}`;
}

export function isInstalled(row: FetchedFile, folder: string): boolean {
  const path = join(folder, fileNameOf(row));
  return existsSync(path) && statSync(path).size === row.bytes;
}

/** Tells one content of a file from another, by size and time. */
export function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? 'missing' : `${stat.size} ${stat.mtimeMs}`;
}
