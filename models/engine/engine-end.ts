import { AppError, type AppErrorShape, toErrorShape } from '../../contract/errors.ts';
import type { EngineDeath } from './engine-process.ts';

/** What is said of an engine whose process ended by itself. */
export function deathOf({ how, forMemory }: EngineDeath): AppErrorShape {
  if (forMemory) return toErrorShape(new AppError('model/out-of-memory', how, { action: 'choose-model' }));
  return crashed(how);
}

export function crashed(how: string): AppErrorShape {
  return toErrorShape(new AppError('model/crashed', how, { retry: { afterMs: 0 }, action: 'try-again' }));
}

/** What is said of one that was ended because nothing came of it any more. */
export function stuck(): AppErrorShape {
  return toErrorShape(new AppError('model/stuck', 'no sign of life', { action: 'try-again' }));
}
