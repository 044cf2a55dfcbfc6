import {
  closeSync,
  existsSync,
  lstatSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ownFileMode, syncToDisk } from '../file-care.ts';
import type { Copy } from './salvage.ts';

/** The folder of the copies that are made now and then, beside the database. */
export function copyFolder(path: string): string {
  return join(dirname(path), 'backups');
}

/** What is searched, made from the database. */
export function searchIndexOf(path: string): string {
  return join(dirname(path), 'beckon-search.db');
}

/** Backups that were made before a migration, the newest first. */
export function backupsOf(path: string): string[] {
  const prefix = `${basename(path)}.backup-v`;
  return namesIn(dirname(path))
    .filter((name) => name.startsWith(prefix) && !name.endsWith('.new'))
    .sort((one, other) => timeOf(other).localeCompare(timeOf(one)))
    .map((name) => join(dirname(path), name));
}

function timeOf(name: string): string {
  return name.replace(/^.*\.backup-v\d+-/, '');
}

/** Everything that a lost row can be looked for in, the newest first. */
export function copiesOf(path: string): readonly Copy[] {
  const folder = copyFolder(path);
  const regular = namesIn(folder)
    .filter((name) => /^(latest|day|week)\.db$/.test(name))
    .map((name) => join(folder, name));
  return [...regular, ...backupsOf(path)]
    .map((copy) => ({ path: copy, madeAt: Math.round(statSync(copy).mtimeMs) }))
    .sort((one, other) => other.madeAt - one.madeAt);
}

/** The newest of the copies that are made now and then; null while there is none. */
export function latestCopy(path: string): string | null {
  const latest = join(copyFolder(path), 'latest.db');
  return existsSync(latest) ? latest : null;
}

function namesIn(folder: string): string[] {
  return existsSync(folder) && statSync(folder).isDirectory() ? readdirSync(folder) : [];
}

/**
 * Puts a salvaged database into its place, the damaged one and its log beside it under the same time. It begins with the
 * salvaged file being whole and can be gone on with from any point: a process that died here is followed by one that
 * calls this first. Answers the name the damaged file has now; null when there was nothing to do.
 */
export function finishSwap(path: string): string | null {
  const prefix = `${basename(path)}.salvaged-`;
  const salvaged = namesIn(dirname(path)).find((name) => name.startsWith(prefix));
  if (salvaged === undefined) return null;
  const aside = `${path}.damaged-${salvaged.slice(prefix.length)}`;
  // The old log first: it must never be taken for one of the new file.
  for (const suffix of ['-wal', '']) {
    if (existsSync(path + suffix) && !existsSync(aside + suffix)) renameSync(path + suffix, aside + suffix);
  }
  rmSync(`${path}-wal`, { force: true, recursive: true });
  rmSync(`${path}-shm`, { force: true, recursive: true });
  renameSync(join(dirname(path), salvaged), path);
  syncToDisk(dirname(path));
  return aside;
}

/** Makes an empty file that its owner alone may read, before SQLite writes to it. */
export function makeOwnFile(path: string): void {
  closeSync(openSync(path, 'a', ownFileMode));
}

/** What a path leads to; null for nothing. */
export function statOrNull(path: string): Stats | null {
  try {
    return lstatSync(path).isSymbolicLink() ? statSync(path) : lstatSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A link that leads round and round leads nowhere.
    if (code === 'ENOENT' || code === 'ELOOP') return null;
    throw error;
  }
}
