import * as fs from 'node:fs';
import { AppError } from '../contract/errors.ts';
import { folderAccess } from '../contract/folder-access.ts';
import { isOwnGroup } from '../contract/own-groups.ts';
import { whyNoProfile } from '../contract/profile-rules.ts';

const access = folderAccess(fs);

/** Makes sure that a profile folder is this user's alone. Throws `profile/…`, and what the file system throws. */
export function requireOwnProfile(folder: string, userId = process.geteuid?.()): void {
  // Windows keeps other users out of a person's folders by rights that are inherited.
  if (userId === undefined) return;
  const why = whyNoProfile(folder, access, userId);
  if (why !== null) throw new AppError(why, `profile ${folder}`, { values: { folder } });
}

/** Whether another user can put files into a folder, or change those that are there; false where there is none. */
export function othersWrite(folder: string, userId = process.geteuid?.()): boolean {
  const stats = userId === undefined ? undefined : fs.statSync(folder, { throwIfNoEntry: false });
  if (stats === undefined || userId === undefined) return false;
  if ((stats.uid !== userId && stats.uid !== 0) || (stats.mode & 0o002) !== 0) return true;
  return (stats.mode & 0o020) !== 0 && !isOwnGroup(stats.gid, { id: userId, trusted: [userId, 0] }, access.accounts());
}

/** Whether something is this user's own, of a kind, and nobody else can write to it. A link counts as itself. */
export function isOwn(path: string, isKind: (stats: fs.Stats) => boolean): boolean {
  const userId = process.geteuid?.();
  if (userId === undefined) return true;
  try {
    const stats = fs.lstatSync(path);
    return isKind(stats) && stats.uid === userId && (stats.mode & 0o022) === 0;
  } catch {
    return false;
  }
}
