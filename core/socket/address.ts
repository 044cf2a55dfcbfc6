import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Longest path of a local socket that every system takes, in bytes. */
const socketPathLimit = 100;

/** Where the socket of a profile is: in the profile, or in the runtime folder where that path would be too long. */
export function socketPath(
  profile: string,
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string {
  const name = createHash('sha256').update(profile).digest('hex').slice(0, 16);
  if (platform === 'win32') return `\\\\.\\pipe\\beckon-${name}`;
  const inProfile = join(profile, 'core.sock');
  if (Buffer.byteLength(inProfile) <= socketPathLimit) return inProfile;
  return join(env['XDG_RUNTIME_DIR'] ?? tmpdir(), `beckon-${name}.sock`);
}

export function tokenPath(profile: string): string {
  return join(profile, 'core.token');
}
