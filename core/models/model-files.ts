import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { CatalogueRow } from '../../contract/model.ts';
import { fileNameOf } from '../../models/catalogue/catalogue.ts';
import { type ModelHeader, readModelHeader } from '../../models/gguf/read-header.ts';

/** A model file of the person's own, known by its path. */
export interface OwnFile {
  readonly id: string;
  readonly path: string;
  readonly name: string;
  readonly header: ModelHeader | null;
}

/** An id that stays the same for a path and says nothing of it. */
export function ownFileId(path: string): string {
  return `file:${createHash('sha256').update(path).digest('hex').slice(0, 16)}`;
}

export function isInstalled(row: CatalogueRow, folder: string): boolean {
  const path = join(folder, fileNameOf(row));
  return existsSync(path) && statSync(path).size === row.bytes;
}

export function readOwnFile(path: string): Promise<OwnFile> {
  const base = { id: ownFileId(path), path };
  const fallback = basename(path).replace(/\.gguf$/i, '');
  return readModelHeader(path).then(
    (header) => ({ ...base, name: header.name ?? fallback, header }),
    () => ({ ...base, name: fallback, header: null }),
  );
}
