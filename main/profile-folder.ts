import * as fs from 'node:fs';
import { isAbsolute } from 'node:path';
import { type AppErrorShape, toErrorShape } from '../contract/errors.ts';
import { folderAccess } from '../contract/folder-access.ts';
import { whyNoProfile } from '../contract/profile-rules.ts';

/** Homes that are none: an empty name, the root, and what Debian writes for users without one. */
const noHomes = ['', '/', '/nonexistent'];

const access = folderAccess(fs);

/** Makes the profile folder; null when it is there for this user alone, else why Beckon has nowhere to keep things. */
export function openProfileFolder(folder: string, home: string, userId = process.geteuid?.()): AppErrorShape | null {
  if (noHomes.includes(home) && isInside(folder, home)) return { code: 'profile/no-home', message: `home: ${home}` };
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    fs.accessSync(folder, fs.constants.W_OK);
    const why = userId === undefined ? null : whyNoProfile(folder, access, userId);
    return why === null ? null : { code: why, message: folder, values: { folder } };
  } catch (error) {
    const { message } = toErrorShape(error);
    if (message.includes('ENOSPC')) return { code: 'disk/full', message };
    return { code: 'profile/not-writable', message, values: { folder } };
  }
}

/** A folder of the person's own choice is an absolute one elsewhere. */
function isInside(folder: string, home: string): boolean {
  if (home === '' || home === '/') return !isAbsolute(folder) || folder.startsWith('/.');
  return folder.startsWith(home);
}
