import { readFileSync } from 'node:fs';

/** How many processes this system has ended for lack of memory since it started; null where it does not tell. */
export function memoryKills(): number | null {
  try {
    const [, count] = /^oom_kill (\d+)$/m.exec(readFileSync('/proc/vmstat', 'utf8')) ?? [];
    return count === undefined ? null : Number(count);
  } catch {
    return null;
  }
}

/** What is known of the end of a process that nobody here ended. */
export interface ProcessEnd {
  readonly signal: NodeJS.Signals | null;
  /** What `memoryKills` told at its start, and after its end. */
  readonly killsBefore: number | null;
  readonly killsAfter: number | null;
  readonly lastWords: readonly string[];
  readonly platform: NodeJS.Platform;
}

/**
 * Whether a process most likely ended for lack of memory: its own heap was full, or the system killed it while it counted such
 * a kill. macOS counts none, and kills for hardly anything else.
 */
export function endedForMemory({ signal, killsBefore, killsAfter, lastWords, platform }: ProcessEnd): boolean {
  if (lastWords.some((line) => /heap out of memory|bad_alloc|Cannot allocate memory|failed to allocate/i.test(line)))
    return true;
  if (signal !== 'SIGKILL') return false;
  return platform === 'darwin' || (killsBefore !== null && killsAfter !== null && killsAfter > killsBefore);
}
