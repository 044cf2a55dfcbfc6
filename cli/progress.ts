import { AppError, fromErrorShape } from '../contract/errors.ts';
import type { Job } from '../contract/model.ts';
import type { Session } from './session.ts';
import type { Words } from './words.ts';

/** Shows a job until its end: one line that is rewritten on a terminal, now and then a line elsewhere. */
export async function followJob(session: Session, words: Words, jobId: string): Promise<void> {
  const mirror = session.client.watch('jobs');
  const terminal = process.stderr.isTTY === true;
  let printedAt = 0;
  let last: Job | undefined;
  const show = (job: Job) => {
    const now = Date.now();
    if (now - printedAt < (terminal ? 200 : 5000)) return;
    printedAt = now;
    process.stderr.write(terminal ? `\r\u001b[2K${sayJob(words, job)}` : `${sayJob(words, job)}\n`);
  };
  try {
    await mirror.ready();
    while (true) {
      const job = mirror.getSnapshot()?.jobs.find(({ id }) => id === jobId);
      if (job?.status === 'failed')
        throw job.error === null ? new AppError('download/interrupted', 'failed') : fromErrorShape(job.error);
      if (job === undefined) {
        if (terminal) process.stderr.write('\r\u001b[2K');
        if (last !== undefined) {
          const said = last.kind === 'fast-copy' ? 'fasterReady' : 'installed';
          process.stderr.write(`${words.say(said, { name: last.title })}\n`);
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
