import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Paths } from '../paths.ts';

const limitMs = 30_000;

/** Has a restore that was agreed to put in its place, before settings or anything else of the profile is read. */
export function finishRestore({ profile, node, restoreEntry }: Pick<Paths, 'profile' | 'node' | 'restoreEntry'>): void {
  if (!existsSync(join(profile, 'restore', 'ready.json'))) return;
  spawnSync(node, [restoreEntry, profile], { timeout: limitMs, stdio: 'ignore' });
}
