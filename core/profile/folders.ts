import { accessSync, chmodSync, constants, existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { AppError } from '../../contract/errors.ts';

/** Where core keeps things; all made on demand with rights for their owner alone. */
export interface Folders {
  readonly profile: string;
  readonly models: string;
  readonly logs: string;
  readonly database: string;
  /** What is searched, made from the database. */
  readonly searchIndex: string;
  /** The person's own actions, one file each. */
  readonly atoms: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Finds and makes the folders. Throws `profile/no-home` and `profile/not-writable`. */
export function openFolders(env: Env, platform: NodeJS.Platform = process.platform): Folders {
  const profile = env['BECKON_PROFILE'] ?? profileIn(env, platform);
  const models = env['BECKON_MODELS'] ?? modelsIn(env, platform, profile);
  const folders = {
    profile,
    models,
    logs: join(profile, 'logs'),
    database: join(profile, 'beckon.db'),
    searchIndex: join(profile, 'beckon-search.db'),
    atoms: join(profile, 'atoms'),
  };
  try {
    makeFolder(profile);
    if (platform !== 'win32') chmodSync(profile, 0o700);
    makeFolder(folders.logs);
    accessSync(profile, constants.W_OK);
  } catch (error) {
    // What is stored can still be read.
    if (existsSync(folders.database)) return folders;
    if (String(error).includes('ENOSPC'))
      throw new AppError('disk/full', String(error), { action: 'free-space' }, error);
    throw new AppError('profile/not-writable', String(error), { values: { folder: profile } }, error);
  }
  return folders;
}

/** Level by level: Node's own recursive call never ends where the system says "not there" to every try, as /proc does. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
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
