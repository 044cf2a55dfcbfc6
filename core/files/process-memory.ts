import { readFileSync } from 'node:fs';

/** Memory that a process holds now, in bytes; null where the system does not tell (only Linux is asked) or it has ended. */
export function residentBytes(processId: number): number | null {
  try {
    const pages = Number(readFileSync(`/proc/${processId}/statm`, 'utf8').split(' ')[1]);
    return pages * 4096;
  } catch {
    return null;
  }
}
