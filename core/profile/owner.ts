import { chmodSync, closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Disposable, disposable } from '../../contract/disposable.ts';
import { withDiskFull } from '../disk-full.ts';

/**
 * Makes this process the one owner of a profile, or gives null when another is. The lock is SQLite's own on a file of its
 * own: the system lets go of it when the process dies, however it dies.
 */
export function ownProfile(profile: string): Disposable | null {
  return lock(join(profile, 'core.lock'));
}

/** The right to start a core for a profile, one process at a time; null while another has it. */
export function mayStartCore(profile: string): Disposable | null {
  return lock(join(profile, 'start.lock'));
}

function lock(path: string): Disposable | null {
  makePrivate(path);
  const database = new DatabaseSync(path);
  try {
    database.exec(
      'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS owner (pid INTEGER)',
    );
  } catch (error) {
    database.close();
    if (/locked|busy/i.test(String(error))) return null;
    throw withDiskFull(error);
  }
  return disposable(() => {
    database.exec('ROLLBACK');
    database.close();
  });
}

/** SQLite makes files that everybody may read. One that is there is never opened here: closing it would let go of its locks. */
function makePrivate(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw withDiskFull(error);
    if (process.platform !== 'win32') chmodSync(path, 0o600);
  }
}
