import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { absolute, profilePlace } from '../../contract/profile-rules.ts';
import { requireOwnProfile } from '../own-folder.ts';
import { setAsideOddFiles } from '../plain-files.ts';

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

/** Where the profile is, made or not. Throws `profile/no-home`. */
export function findProfile(env: Env, platform: NodeJS.Platform = process.platform): string {
  return resolve(profilePlace({ env, platform, home: () => homeOf(env) }));
}

/** Finds and makes the folders, for this user alone. Throws `profile/…`. */
export function openFolders(env: Env, platform: NodeJS.Platform = process.platform): Folders {
  const profile = findProfile(env, platform);
  const models = resolve(env['BECKON_MODELS'] || modelsIn(env, platform, profile));
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
    requireOwnProfile(profile);
    makeFolder(folders.logs);
    accessSync(profile, constants.W_OK);
    setAsideOddFiles(profile);
  } catch (error) {
    if (error instanceof AppError) throw error;
    // What is stored can still be read.
    if (existsSync(folders.database)) return folders;
    if (String(error).includes('ENOSPC'))
      throw new AppError('disk/full', String(error), { action: 'free-space' }, error);
    const context = String(error).includes('EROFS') ? { context: 'read-only-disk' } : {};
    throw new AppError('profile/not-writable', String(error), { values: { folder: profile, ...context } }, error);
  }
  return folders;
}

/**
 * Level by level: Node's own recursive call never ends where the system says "not there" to every try, as /proc does. That a
 * folder is there already is no failure: another Beckon may have made it meanwhile.
 */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !statSync(folder).isDirectory()) throw error;
  }
}

function homeOf(env: Env): string {
  const home = findHome(env);
  if (home === null) throw new AppError('profile/no-home', 'there is no home folder');
  return home;
}

function findHome(env: Env): string | null {
  let home = '';
  try {
    home = env['HOME'] || homedir();
  } catch {
    // A user without an entry in the system's list has none.
  }
  return !isAbsolute(home) || home === '/' || home === '/nonexistent' ? null : home;
}

function modelsIn(env: Env, platform: NodeJS.Platform, profile: string): string {
  if (platform === 'win32' || platform === 'darwin') return join(profile, 'models');
  const data = absolute(env['XDG_DATA_HOME']);
  if (data !== null) return join(data, 'beckon', 'models');
  const home = findHome(env);
  // The person has named a profile, so that there is no other place that is theirs.
  return home === null ? join(profile, 'models') : join(home, '.local', 'share', 'beckon', 'models');
}
