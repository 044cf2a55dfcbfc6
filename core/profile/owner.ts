import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Disposable, disposable } from '../../contract/disposable.ts';
import { withDiskFull } from '../disk-full.ts';

/**
 * Makes this process the one owner of a profile, or gives null when another is. The lock is SQLite's own on a file of its
 * own: the system lets go of it when the process dies, however it dies.
 */
export function ownProfile(profile: string): Disposable | null {
  const database = new DatabaseSync(join(profile, 'core.lock'));
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
