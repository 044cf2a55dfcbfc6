import {
  chmodSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { AppError } from '../contract/errors.ts';
import { type AccountLists, isOwnGroup } from '../contract/own-groups.ts';
import { type FolderAccess, whyNoProfile } from '../contract/profile-rules.ts';

function accounts(): AccountLists | null {
  try {
    return { users: readFileSync('/etc/passwd', 'utf8'), groups: readFileSync('/etc/group', 'utf8') };
  } catch {
    return null;
  }
}

const access: FolderAccess = {
  look: (path) => {
    const { uid, gid, mode } = statSync(path);
    return { ownerId: uid, groupId: gid, mode };
  },
  accounts,
  names: (path) => (statSync(path, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(path) : []),
  ownerOf: (path) => lstatSync(path, { throwIfNoEntry: false })?.uid ?? null,
  realPath: (path) => realpathSync(path),
  linkOf: (path) => (lstatSync(path).isSymbolicLink() ? readlinkSync(path) : null),
  close: (path) => chmodSync(path, 0o700),
};

/** Makes sure that a profile folder is this user's alone. Throws `profile/…`, and what the file system throws. */
export function requireOwnProfile(folder: string, userId = process.geteuid?.()): void {
  // Windows keeps other users out of a person's folders by rights that are inherited.
  if (userId === undefined) return;
  const why = whyNoProfile(folder, access, userId);
  if (why !== null) throw new AppError(why, `profile ${folder}`, { values: { folder } });
}

/** Whether another user can put files into a folder, or change those that are there; false where there is none. */
export function othersWrite(folder: string, userId = process.geteuid?.()): boolean {
  const stats = userId === undefined ? undefined : statSync(folder, { throwIfNoEntry: false });
  if (stats === undefined || userId === undefined) return false;
  if ((stats.uid !== userId && stats.uid !== 0) || (stats.mode & 0o002) !== 0) return true;
  return (stats.mode & 0o020) !== 0 && !isOwnGroup(stats.gid, { id: userId, trusted: [userId, 0] }, accounts());
}

/** Whether something is this user's own, of a kind, and nobody else can write to it. A link counts as itself. */
export function isOwn(path: string, isKind: (stats: Stats) => boolean): boolean {
  const userId = process.geteuid?.();
  if (userId === undefined) return true;
  try {
    const stats = lstatSync(path);
    return isKind(stats) && stats.uid === userId && (stats.mode & 0o022) === 0;
  } catch {
    return false;
  }
}
