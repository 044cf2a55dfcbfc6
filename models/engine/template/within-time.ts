import { createContext, Script } from 'node:vm';

const script = new Script('work()');
/** Share of the time by the clock that a thread which nothing holds up has on a processor, at least. */
const leastShare = 0.5;
/** Times as long as the limit that it may take by the clock, on a machine with much else to do. */
const mostClockFactor = 64;

/**
 * Does work that waits for nothing, and ends it where it is when it had a processor for about `limitMs`; nothing inside can
 * catch that. Work that was ended because the machine had no time for it is done once more, with more time by the clock.
 * Null when it was ended for good. What it throws is thrown.
 */
export function withinTime<Value>(limitMs: number, work: () => Value): { readonly value: Value } | null {
  for (let clockMs = limitMs; clockMs <= limitMs * mostClockFactor; clockMs *= 4) {
    const before = threadMs();
    try {
      return { value: script.runInContext(createContext({ work }), { timeout: clockMs }) as Value };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    }
    if (threadMs() - before >= limitMs * leastShare) return null;
  }
  return null;
}

function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
