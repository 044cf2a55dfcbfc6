import { createHash } from 'node:crypto';
import { closeSync, constants, openSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Disposable, disposable } from '../../contract/disposable.ts';
import { isOwn } from '../own-folder.ts';

/** Longest path of a local socket that every system takes, in bytes. */
const socketPathLimit = 100;

export interface SocketAddress extends Disposable {
  /** What to listen on or connect to, until the address is disposed. */
  readonly path: string;
}

/**
 * The socket of a profile. It always lies in the profile, which is this user's alone; where that path is longer than the
 * system takes, the same file by way of the open folder. Null where there is no short way to it.
 */
export function openSocketAddress(profile: string, platform: NodeJS.Platform = process.platform): SocketAddress | null {
  const name = createHash('sha256').update(profile).digest('hex').slice(0, 16);
  if (platform === 'win32') return { path: `\\\\.\\pipe\\beckon-${name}`, dispose() {} };
  const path = join(profile, 'core.sock');
  if (Buffer.byteLength(path) <= socketPathLimit) return { path, dispose() {} };
  if (platform === 'linux') {
    const folder = openSync(profile, constants.O_RDONLY | constants.O_DIRECTORY);
    return { path: `/proc/self/fd/${folder}/core.sock`, ...disposable(() => closeSync(folder)) };
  }
  // The temporary folder of macOS is each user's own.
  const temporary = tmpdir();
  if (!isOwn(temporary, (stats) => stats.isDirectory() && (stats.mode & 0o077) === 0)) return null;
  return { path: join(temporary, `beckon-${name}.sock`), dispose() {} };
}

export function tokenPath(profile: string): string {
  return join(profile, 'core.token');
}
