import { accessSync, constants, mkdirSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { type AppErrorShape, toErrorShape } from '../contract/errors.ts';

/** Homes that are none: an empty name, the root, and what Debian writes for users without one. */
const noHomes = ['', '/', '/nonexistent'];

/** Makes the profile folder; null when that worked, else why Beckon has nowhere to keep things. */
export function openProfileFolder(folder: string, home: string): AppErrorShape | null {
  if (noHomes.includes(home) && isInside(folder, home)) return { code: 'profile/no-home', message: `home: ${home}` };
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
    return null;
  } catch (error) {
    const { message } = toErrorShape(error);
    if (message.includes('ENOSPC')) return { code: 'disk/full', message };
    return { code: 'profile/not-writable', message, values: { folder } };
  }
}

/** A folder of the person's own choice is an absolute one elsewhere. */
function isInside(folder: string, home: string): boolean {
  return home === '/' ? folder.startsWith('/.') : home === '' ? !isAbsolute(folder) : folder.startsWith(home);
}
