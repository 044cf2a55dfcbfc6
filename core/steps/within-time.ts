import { createContext, Script } from 'node:vm';
import { AppError } from '../../contract/errors.ts';

const script = new Script('work()');

/**
 * Does work that computes alone, and ends it where it takes longer: the engine of JavaScript itself breaks in, whatever the work is at.
 * What a step does is said by whoever made the file, and no other part of core runs meanwhile. Throws `step/too-slow`.
 */
export function withinTime<Value>(limitMs: number, work: () => Value): Value {
  try {
    return script.runInContext(createContext({ work }), { timeout: limitMs }) as Value;
  } catch (error) {
    if ((error as { readonly code?: unknown } | null)?.code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new AppError('step/too-slow', `a step took more than ${limitMs} ms`);
  }
}
