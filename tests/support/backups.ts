import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commitRestore, stageRestore } from '../../core/backup/restore.ts';
import { writeBackup } from '../../core/backup/write-backup.ts';
import { checkRestored } from '../../core/database/check-restored.ts';
import { putInPlace } from '../../core/pending-restore.ts';
import { fillProfile } from './full-profile.ts';

/** All that is made here lies in it; whoever uses it removes it. */
export const parent = mkdtempSync(join(tmpdir(), 'beckon-backup-'));

export function folder(): string {
  // A file of tests that came before has removed it.
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, 'profile-'));
}

export function filled(version?: number, said?: string): string {
  const profile = folder();
  fillProfile(profile, version, said);
  return profile;
}

export const quiet = { onProgress: () => {}, signal: new AbortController().signal, checkDatabase: checkRestored };

export async function backedUp(profile: string): Promise<string> {
  const to = join(folder(), 'all.beckon');
  await writeBackup({ profile, to, version: '0.1.0', now: 5, ...quiet });
  return to;
}

/** Restores as the command does, and answers the folder of what was there. */
export async function restored(from: string, profile: string): Promise<string | null> {
  const now = new Date();
  await stageRestore({ profile, from, now, ...quiet });
  commitRestore(profile, now);
  return putInPlace(profile);
}
