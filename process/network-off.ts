import { execFile } from 'node:child_process';

let known: Promise<boolean> | null = null;

/** Whether this system lets a process be started in a network namespace of its own (Linux with user namespaces). */
export function canStartWithoutNetwork(): Promise<boolean> {
  known ??= probe();
  return known;
}

function probe(): Promise<boolean> {
  if (process.platform !== 'linux') return Promise.resolve(false);
  return new Promise((resolve) => {
    execFile('unshare', ['--user', '--map-root-user', '--net', 'true'], { timeout: 2000 }, (error) =>
      resolve(error === null),
    );
  });
}
