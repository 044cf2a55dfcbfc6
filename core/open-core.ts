import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../contract/errors.ts';
import type { Folders } from './profile/folders.ts';
import { ownProfile, type ProfileOwner } from './profile/owner.ts';
import { connectToCore } from './socket/socket-client.ts';

const handOverLimitMs = 10_000;

/**
 * Takes a profile. When a cli has it, it is asked to hand over and waited for; when another app has it, `profile/in-use`
 * is thrown. Dispose the result to let go.
 */
export async function takeProfile(folders: Folders): Promise<ProfileOwner> {
  const end = Date.now() + handOverLimitMs;
  let asked = false;
  while (true) {
    const owner = ownProfile(folders.profile);
    if (owner !== null) return owner;
    if (Date.now() > end) throw new AppError('profile/in-use', 'another core owns the profile');
    if (!asked) asked = await askToHandOver(folders);
    await sleep(50);
  }
}

async function askToHandOver(folders: Folders): Promise<boolean> {
  const connection = await connectToCore(folders.profile);
  if (connection === null) return false;
  try {
    const { client } = connection;
    const info = await client.request('core.info', {});
    if (info.ok && info.value.face === 'cli') await client.request('core.handOver', {});
    return true;
  } finally {
    connection.dispose();
  }
}
