import { DatabaseSync } from 'node:sqlite';
import { waitFor } from '../../tests/support/processes.ts';

/** How long whoever comes second waits for the first at most. */
const longestWaitMs = 30 * 60_000;

/**
 * Does what only one process may do at a time, such as a build into a folder that all checkouts share; others wait until it is
 * done. The lock is SQLite's on a file of its own, which the system lets go of when a process dies.
 */
export async function oneAtATime<Value>(lockFile: string, work: () => Promise<Value>): Promise<Value> {
  const lock = new DatabaseSync(lockFile, { timeout: 0 });
  try {
    await waitFor(`nobody else has ${lockFile}`, () => isTaken(lock), longestWaitMs);
    return await work();
  } finally {
    lock.close();
  }
}

function isTaken(lock: DatabaseSync): boolean {
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (/locked|busy/i.test(String(error))) return false;
    throw error;
  }
}
