import { fromErrorShape } from '../contract/errors.ts';
import type { Job, JobsState } from '../contract/job.ts';
import { jobValues } from '../locales/say-job.ts';
import type { CommandInput } from './run-cli.ts';
import type { Words } from './words.ts';

/** Shows a job until its end: one line that is rewritten on a terminal, now and then a line elsewhere. */
export async function followJob(
  { session, terminal, words }: Pick<CommandInput, 'session' | 'terminal' | 'words'>,
  jobId: string,
): Promise<void> {
  const mirror = session.client.watch('jobs');
  let printedAt = 0;
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
      const job = findJob(mirror.getSnapshot(), jobId);
      if (job?.status === 'failed') throw fromErrorShape(job.error);
      if (job === undefined || job.status === 'done' || job.status === 'stopped') {
        terminal.status('');
        if (job !== undefined) terminal.note(sayEnd(words, job));
        return;
      }
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

function findJob(state: JobsState | undefined, jobId: string): Job | undefined {
  return [...(state?.jobs ?? []), ...(state?.ended ?? [])].find(({ id }) => id === jobId);
}

function sayEnd(words: Words, { task, title, status }: Job): string {
  if (status === 'stopped') return words.say('jobStopped', { name: title });
  return words.say(task.kind === 'fast-copy' ? 'fasterReady' : 'installed', { name: title });
}

function sayJob(words: Words, job: Job): string {
  const say = (key: string, values: Readonly<Record<string, string | number>>) => words.sayIn('jobs', key, values);
  const values = { name: job.title, ...jobValues(say, job, words.language) };
  return words.say(job.stage === 'checking' ? 'checking' : 'progress', values);
}
