import { setTimeout as sleep } from 'node:timers/promises';
import { toErrorShape } from '../contract/errors.ts';
import { withDiskFull } from '../core/disk-full.ts';
import { type Folders, openFolders } from '../core/profile/folders.ts';
import { ownProfile, type ProfileOwner } from '../core/profile/owner.ts';
import { connectToCore } from '../core/socket/socket-client.ts';
import { closeInherited } from '../process/inherited-files.ts';
import { CommandCore } from './command-core.ts';
import type { Env } from './session.ts';
import type { CoreNews } from './start-core.ts';

/** An owner that is ending still writes what its answers have. */
const ownerEndsWithinMs = 15_000;

/** Runs core for the commands of a terminal while the app is closed. */
export async function serveCommands(env: Env): Promise<void> {
  closeInherited();
  const tell = (news: CoreNews) => process.send?.(news);
  process.on('disconnect', () => {});
  try {
    const folders = openFolders(env);
    const owner = await waitForProfile(folders);
    if (owner === null) {
      tell({ status: 'taken' });
      process.exitCode = 0;
      return;
    }
    await new CommandCore(folders, owner, env).start();
    tell({ status: 'ready' });
  } catch (error) {
    const { code, message, values, action } = toErrorShape(withDiskFull(error));
    process.send?.({ status: 'failed', error: { code, message, values, action } }, () => process.exit(1));
  }
}

/** Null when another core has the profile and answers. */
async function waitForProfile({ profile }: Folders): Promise<ProfileOwner | null> {
  const end = Date.now() + ownerEndsWithinMs;
  while (true) {
    const owner = ownProfile(profile);
    if (owner !== null) return owner;
    const other = await connectToCore(profile);
    other?.dispose();
    if (other !== null || Date.now() > end) return null;
    await sleep(50);
  }
}
