import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isOwn, requireOwnProfile } from '../own-folder.ts';
import { findProfile } from './folders.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Where Node may keep compiled code, which it runs without a look at who wrote it: a folder that only this user can write to,
 * in the profile. Null where there is no profile yet, or none that is this user's alone.
 */
export function codeCacheFolder(env: Env): string | null {
  try {
    const profile = findProfile(env);
    requireOwnProfile(profile);
    const folder = join(profile, 'code-cache');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return isOwn(folder, (stats) => stats.isDirectory()) ? folder : null;
  } catch {
    return null;
  }
}
