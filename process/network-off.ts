import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Starts a program in namespaces of its own; taken from where the system keeps it, not from the first folder of PATH. */
export const unshare = systemProgram('unshare');

let known: Promise<boolean> | null = null;

/** Whether this system lets a process be started in a network namespace of its own (Linux with user namespaces). */
export function canStartWithoutNetwork(): Promise<boolean> {
  known ??= probe();
  return known;
}

function probe(): Promise<boolean> {
  if (process.platform !== 'linux') return Promise.resolve(false);
  return new Promise((resolve) => {
    execFile(unshare, ['--user', '--map-root-user', '--net', systemProgram('true')], { timeout: 2000 }, (error) =>
      resolve(error === null),
    );
  });
}

/** Answers a program by its name alone where the system keeps none in its usual places. */
function systemProgram(name: string): string {
  return ['/usr/bin', '/bin'].map((folder) => `${folder}/${name}`).find((path) => existsSync(path)) ?? name;
}
