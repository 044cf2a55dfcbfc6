import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupContents } from '../../contract/backup.ts';
import { AppError } from '../../contract/errors.ts';
import { withDiskFull } from '../disk-full.ts';
import { stamp } from '../file-care.ts';
import { commit, newName, stageOf } from '../pending-restore.ts';
import { databaseName, filesToBackUp } from './backed-up.ts';
import type { Manifest } from './manifest.ts';
import { type ReadWork, unpackBackup } from './read-backup.ts';
import { countsOf } from './write-backup.ts';

export interface RestoreWork extends ReadWork {
  readonly profile: string;
  readonly now: Date;
  /** Checks a database that came from outside, and brings it to this version. Throws `backup/damaged` and `database/…`. */
  readonly checkDatabase: (path: string, fileName: string, now: Date) => void;
}

/** Room that is left on the disk beside what is restored. */
const roomLeftBytes = 50_000_000;

/** Whether there is anything in a profile that a person made. */
export function isEmptyProfile(profile: string): boolean {
  if (filesToBackUp(profile).some((name) => name.startsWith('atoms/'))) return false;
  const path = join(profile, databaseName);
  if (!existsSync(path)) return true;
  try {
    const { chats, receipts } = countsOf(path);
    return chats === 0 && receipts === 0;
  } catch {
    // What cannot be read may be all that somebody has.
    return false;
  }
}

/**
 * Makes a backup ready in the profile it is restored in: read whole, its database checked and brought to this version there, before
 * anything of the profile is touched. Nothing else changes until `commitRestore`. Throws `backup/…`, `database/newer`, `disk/…`
 * and the abort reason.
 */
export async function stageRestore(work: RestoreWork): Promise<BackupContents> {
  const { profile, from, now, checkDatabase } = work;
  const stage = stageOf(profile);
  rmSync(stage, { recursive: true, force: true });
  try {
    requireRoom(from, profile);
    const fresh = join(stage, newName);
    mkdirSync(fresh, { recursive: true, mode: 0o700 });
    const manifest = await unpackBackup(work, fresh);
    requireReadable(fresh, manifest, from);
    const path = join(fresh, databaseName);
    if (existsSync(path)) checkDatabase(path, nameOf(from), now);
    const { chats, actions, receipts } = manifest.counts;
    const hasSettings = manifest.files.some(({ name }) => name === 'settings.json');
    const { version, at } = manifest;
    return { chats, actions, receipts, hasSettings, version, at, bytes: statSync(from).size };
  } catch (error) {
    rmSync(stage, { recursive: true, force: true });
    throw withDiskFull(error);
  }
}

/** Says that what was made ready is wanted; `putInPlace` does it. Answers the name of the folder for what is there now. */
export function commitRestore(profile: string, now: Date): string {
  const keptIn = `before-restore-${stamp(now)}`;
  commit(profile, keptIn);
  return keptIn;
}

export function forgetRestore(profile: string): void {
  rmSync(stageOf(profile), { recursive: true, force: true });
}

/** A file may say that it is larger than any disk, with nothing in it. */
function requireRoom(from: string, profile: string): void {
  const size = statSync(from, { throwIfNoEntry: false })?.size ?? 0;
  const { bavail, bsize } = statfsSync(profile);
  if (size + roomLeftBytes > bavail * bsize)
    throw new AppError('disk/full', `${size} bytes are to be restored`, { action: 'free-space' });
}

/** What is read at every start has to be readable. */
function requireReadable(fresh: string, { files }: Manifest, from: string): void {
  for (const { name } of files) {
    if (!/^[^/]+\.json$/.test(name)) continue;
    try {
      JSON.parse(readFileSync(join(fresh, name), 'utf8'));
    } catch (error) {
      throw new AppError('backup/damaged', `${name}: ${String(error)}`, { values: { file: nameOf(from) } }, error);
    }
  }
}

function nameOf(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}
