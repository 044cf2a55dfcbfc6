import { createContext, Script } from 'node:vm';

/** Milliseconds of one piece of work that a model file's own program has a say in. */
export type TimeLimitMs = number;

const script = new Script('work()');

/**
 * Does work that must not wait for anything, and ends it where it is when its time is up; nothing inside can catch that.
 * Null when it was ended. What it throws is thrown.
 */
export function withinTime<Value>(limitMs: TimeLimitMs, work: () => Value): { readonly value: Value } | null {
  try {
    return { value: script.runInContext(createContext({ work }), { timeout: limitMs }) as Value };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return null;
    throw error;
  }
}
