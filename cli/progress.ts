import { AppError, fromErrorShape } from '../contract/errors.ts';
import type { Job } from '../contract/model.ts';
import type { CommandInput } from './run-cli.ts';
import type { Words } from './words.ts';

/** Shows a job until its end: one line that is rewritten on a terminal, now and then a line elsewhere. */
export async function followJob(
  { session, terminal, words }: Pick<CommandInput, 'session' | 'terminal' | 'words'>,
  jobId: string,
): Promise<void> {
  const mirror = session.client.watch('jobs');
  let printedAt = 0;
  let last: Job | undefined;
  const show = (job: Job) => {
    const now = Date.now();
    if (now - printedAt < (terminal.isWatched ? 200 : 5000)) return;
    printedAt = now;
    if (terminal.isWatched) terminal.status(sayJob(words, job));
    else terminal.note(sayJob(words, job));
  };
  try {
    await mirror.ready();
    while (true) {
      const job = mirror.getSnapshot()?.jobs.find(({ id }) => id === jobId);
      if (job?.status === 'failed')
        throw job.error === null ? new AppError('download/interrupted', 'failed') : fromErrorShape(job.error);
      if (job === undefined) {
        terminal.status('');
        if (last !== undefined) {
          const said = last.kind === 'fast-copy' ? 'fasterReady' : 'installed';
          terminal.note(words.say(said, { name: last.title }));
        }
        return;
      }
      last = job;
      show(job);
      await new Promise<void>((resolve) => {
        const stop = mirror.subscribe(() => {
          stop();
          resolve();
        });
      });
    }
  } finally {
    mirror.dispose();
  }
}

function sayJob(words: Words, { title, status, doneBytes, totalBytes, bytesPerSecond }: Job): string {
  const left = words.duration((totalBytes - doneBytes) / Math.max(bytesPerSecond, 1));
  if (status === 'checking') return words.say('checking', { name: title, left });
  return words.say('progress', { name: title, done: doneBytes, total: totalBytes, rate: bytesPerSecond, left });
}
