import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Disposable, disposable } from '../../contract/disposable.ts';
import { withDiskFull } from '../disk-full.ts';

export interface ProfileOwner extends Disposable {
  /** False where nothing can be written: then nobody can own the profile, and its chats can be read all the same. */
  readonly mayWrite: boolean;
}

/**
 * Makes this process the one owner of a profile, or gives null when another is. The lock is SQLite's own on a file of its
 * own: the system lets go of it when the process dies, however it dies. Nothing is written for it, so that a full disk
 * does not keep anyone out.
 */
export function ownProfile(profile: string): ProfileOwner | null {
  const path = join(profile, 'core.lock');
  let database: DatabaseSync | null = null;
  try {
    closeSync(openSync(path, 'a', 0o600));
    if (process.platform !== 'win32') chmodSync(path, 0o600);
    database = new DatabaseSync(path);
    database.exec(
      'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS owner (pid INTEGER)',
    );
  } catch (error) {
    database?.close();
    if (/locked|busy/i.test(String(error))) return null;
    if (existsSync(join(profile, 'beckon.db')) && cannotWrite.test(String(error)))
      return { mayWrite: false, dispose: () => {} };
    throw withDiskFull(error);
  }
  const lock = database;
  const letGo = disposable(() => {
    lock.exec('ROLLBACK');
    lock.close();
  });
  return { mayWrite: true, dispose: () => letGo.dispose() };
}

const cannotWrite = /ENOSPC|EDQUOT|EROFS|EACCES|EPERM|disk is full|readonly database|unable to open|disk I\/O/i;
