import { spawnSync } from 'node:child_process';
import { run } from './processes.ts';

/** An ordinary user for what must not, or does not, run as root. */
export const testUser = 'beckon-test';

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Makes the user when this suite runs as root and it is not there yet. */
export function ensureTestUser(): void {
  if (isRoot() && spawnSync('id', [testUser]).status !== 0) run('useradd', ['--create-home', testUser]);
}

/** A command as the ordinary user: by way of `runuser` where the suite runs as root. */
export function asTestUser(command: string, args: readonly string[]): [string, string[]] {
  return isRoot() ? ['runuser', ['-u', testUser, '--', command, ...args]] : [command, [...args]];
}
