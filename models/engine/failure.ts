import process from 'node:process';
import type { ModelPart } from '../../contract/engine.ts';
import { AppError, toErrorShape } from '../../contract/errors.ts';

/**
 * How an answer ends that could not be gone on with. What the library throws says where it was built and on which line it
 * stood: that goes to the log, and the cause says it in plain words.
 */
export function failure(error: unknown): Extract<ModelPart, { type: 'failure' }> {
  if (error instanceof AppError) return { type: 'failure', error: toErrorShape(error) };
  log(error);
  const gaveUp = new AppError('model/crashed', 'the library gave up', { retry: { afterMs: 0 }, action: 'try-again' });
  return { type: 'failure', error: toErrorShape(gaveUp) };
}

/** Why a model could not be loaded, likewise. */
export function loadFailure(error: unknown): AppError {
  if (error instanceof AppError) return error;
  log(error);
  return new AppError('model/load-failed', 'the library could not load it', { action: 'choose-model' });
}

/** The error stream of the engine is part of the log. */
function log(error: unknown): void {
  process.stderr.write(`engine: ${error instanceof Error ? error.stack : String(error)}\n`);
}
