import { chatDownloadOf } from '../../contract/chat-download.ts';
import { AppError } from '../../contract/errors.ts';
import type { JobsState } from '../../contract/job.ts';
import type { StateSource } from '../../wire/state-source.ts';

/**
 * Finds a model, and waits for the one that is being downloaded when there is none yet: a question asked early is queued,
 * not refused. Rejects with `model/none` when nothing is on its way, or with the download's own error.
 */
export async function waitForModel<Found>(
  find: () => Promise<Found>,
  jobs: StateSource<JobsState>,
  onWaiting: () => void,
  signal: AbortSignal,
): Promise<Found> {
  while (true) {
    try {
      return await find();
    } catch (error) {
      const waits = error instanceof AppError && (error.code === 'model/none' || error.code === 'model/file-missing');
      const download = chatDownloadOf(jobs.value);
      if (!waits || download === null || download.status === 'failed') throw error;
    }
    onWaiting();
    await nextChange(jobs, signal);
    signal.throwIfAborted();
  }
}

function nextChange(jobs: StateSource<JobsState>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      subscription.dispose();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const subscription = jobs.subscribe(done);
    signal.addEventListener('abort', done, { once: true });
  });
}
