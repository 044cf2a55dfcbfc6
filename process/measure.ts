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

/** What /proc on Linux counts a second in, on every processor it runs on. */
const ticksPerSecond = 100;

/** Time of the processor that a process has had, in milliseconds; null where the system does not tell or it has ended. */
export function processorMs(processId: number): number | null {
  try {
    const stat = readFileSync(`/proc/${processId}/stat`, 'utf8');
    // The name, in brackets, may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
  } catch {
    return null;
  }
}
