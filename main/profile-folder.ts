import { accessSync, constants, mkdirSync } from 'node:fs';
import { type AppErrorShape, toErrorShape } from '../contract/errors.ts';

/** Makes the profile folder; null when that worked, else why Beckon has nowhere to keep things. */
export function openProfileFolder(folder: string, home: string): AppErrorShape | null {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
    return null;
  } catch (error) {
    const { message } = toErrorShape(error);
    if (message.includes('ENOSPC')) return { code: 'disk/full', message };
    const inHome = home !== '' && folder.startsWith(home);
    if (home === '' || home === '/' || (inHome && message.includes('ENOENT')))
      return { code: 'profile/no-home', message };
    return { code: 'profile/not-writable', message, values: { folder } };
  }
}
