import { chmodSync, closeSync, fsyncSync, openSync } from 'node:fs';

/** Rights of a file that its owner alone reads. */
export const ownFileMode = 0o600;

/** A time as a part of a file's name. */
export function stamp(now: Date): string {
  return now.toISOString().replaceAll(/[:.]/g, '-');
}

/** Waits until a file, or the names in a folder, are on the disk. */
export function syncToDisk(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } catch {
    // Some systems cannot do that for folders, where names are safe without.
  } finally {
    closeSync(file);
  }
}

/** Takes others' right to read from a database, its log and its index of the log. */
export function keepToOwner(path: string): void {
  if (process.platform === 'win32') return;
  for (const suffix of ['', '-wal', '-shm']) {
    try {
      chmodSync(path + suffix, ownFileMode);
    } catch {
      // It is not there, or on a disk without rights.
    }
  }
}
