import { accessSync, chmodSync, constants, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../contract/errors.ts';

/** Where core keeps things; all made on demand with rights for their owner alone. */
export interface Folders {
  readonly profile: string;
  readonly models: string;
  readonly logs: string;
  readonly database: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Finds and makes the folders. Throws `profile/no-home` and `profile/not-writable`. */
export function openFolders(env: Env, platform: NodeJS.Platform = process.platform): Folders {
  const profile = env['BECKON_PROFILE'] ?? profileIn(env, platform);
  const models = env['BECKON_MODELS'] ?? modelsIn(env, platform, profile);
  const folders = { profile, models, logs: join(profile, 'logs'), database: join(profile, 'beckon.db') };
  try {
    mkdirSync(profile, { recursive: true, mode: 0o700 });
    if (platform !== 'win32') chmodSync(profile, 0o700);
    mkdirSync(folders.logs, { recursive: true, mode: 0o700 });
    accessSync(profile, constants.W_OK);
  } catch (error) {
    if (String(error).includes('ENOSPC'))
      throw new AppError('disk/full', String(error), { action: 'free-space' }, error);
    throw new AppError('profile/not-writable', String(error), { values: { folder: profile } }, error);
  }
  return folders;
}

function homeOf(env: Env): string {
  let home = '';
  try {
    home = env['HOME'] || homedir();
  } catch {
    // A user without an entry in the system's list has none.
  }
  if (home === '' || home === '/' || home === '/nonexistent')
    throw new AppError('profile/no-home', 'there is no home folder');
  return home;
}

function profileIn(env: Env, platform: NodeJS.Platform): string {
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homeOf(env), 'AppData', 'Roaming'), 'beckon');
  if (platform === 'darwin') return join(homeOf(env), 'Library', 'Application Support', 'beckon');
  return join(env['XDG_CONFIG_HOME'] || join(homeOf(env), '.config'), 'beckon');
}

function modelsIn(env: Env, platform: NodeJS.Platform, profile: string): string {
  if (platform === 'win32' || platform === 'darwin') return join(profile, 'models');
  return join(env['XDG_DATA_HOME'] || join(homeOf(env), '.local', 'share'), 'beckon', 'models');
}
