import { mkdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { isOwn, requireOwnProfile } from '../own-folder.ts';
import { findProfile } from './folders.ts';

/** It takes two or three megabytes; the last ones of a disk are for what a person writes. */
const leastRoomBytes = 100e6;

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Where Node may keep compiled code, which it runs without a look at who wrote it: a folder that only this user can write to,
 * in the profile. Null where there is no profile yet, none that is this user's alone, or too little room beside the chats.
 */
export function codeCacheFolder(env: Env): string | null {
  try {
    const profile = findProfile(env);
    requireOwnProfile(profile);
    const { bavail, bsize } = statfsSync(profile);
    if (bavail * bsize < leastRoomBytes) return null;
    const folder = join(profile, 'code-cache');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return isOwn(folder, (stats) => stats.isDirectory()) ? folder : null;
  } catch {
    return null;
  }
}
