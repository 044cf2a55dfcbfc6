import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { shell } from 'electron';
import type { CoreRelay } from '../core/core-relay.ts';
import type { OwnFolder } from '../shell/handlers.ts';

/** Shows a folder of Beckon's in the file manager. It is made when it is not there yet; nothing in it is opened. */
export async function showFolder(folder: OwnFolder, profile: string, relay: CoreRelay): Promise<void> {
  const path =
    folder === 'models'
      ? (await relay.ask('core.folders', {})).models
      : folder === 'profile'
        ? profile
        : join(profile, folder);
  await mkdir(path, { recursive: true, mode: 0o700 });
  shell.showItemInFolder(join(path, '.'));
}
