import { accessSync, chmodSync, closeSync, constants, existsSync, openSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Disposable, disposable } from '../../contract/disposable.ts';
import { AppError } from '../../contract/errors.ts';
import { withDiskFull } from '../disk-full.ts';
import { isOwn } from '../own-folder.ts';
import { putInPlace } from '../pending-restore.ts';
import { setAsideUnlessFiles } from '../plain-files.ts';

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
  const owner = lock(profile, 'core.lock');
  // Nobody opens anything in a profile before a restore that was killed is gone on with.
  if (owner?.mayWrite) putInPlaceOr(owner, profile);
  return owner;
}

function putInPlaceOr(owner: ProfileOwner, profile: string): void {
  try {
    putInPlace(profile);
  } catch (error) {
    owner.dispose();
    throw withDiskFull(error);
  }
}

/** The right to start a core for a profile, one process at a time; null while another has it. */
export function mayStartCore(profile: string): ProfileOwner | null {
  return lock(profile, 'start.lock');
}

function lock(profile: string, name: string): ProfileOwner | null {
  const path = join(profile, name);
  let database: DatabaseSync | null = null;
  // A lock that is there can be taken in a folder where nothing new can be made.
  if (existsSync(join(profile, 'beckon.db')) && !mayWriteTo(profile)) return { mayWrite: false, dispose: () => {} };
  try {
    setAsideUnlessFiles(path);
    makePrivate(path);
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
  const held = database;
  // Another folder may have come into its place since it was judged.
  if (!isOwn(realpathSync(profile), (stats) => stats.isDirectory()) || !isOwn(path, (stats) => stats.isFile())) {
    held.close();
    throw new AppError('profile/others-can-write', `profile ${profile}`, { values: { folder: profile } });
  }
  const letGo = disposable(() => {
    held.exec('ROLLBACK');
    held.close();
  });
  return { mayWrite: true, dispose: () => letGo.dispose() };
}

function mayWriteTo(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

const cannotWrite = /ENOSPC|EDQUOT|EROFS|EACCES|EPERM|disk is full|readonly database|unable to open|disk I\/O/i;

/** SQLite makes files that everybody may read. One that is there is never opened here: closing it would let go of its locks. */
function makePrivate(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (process.platform !== 'win32') chmodSync(path, 0o600);
  }
}
