import type { Job, JobsState } from './job.ts';

/** The download of a model that answers: the one on its way, else one that waits for the person. */
export function chatDownloadOf({ jobs }: Pick<JobsState, 'jobs'>): Job | null {
  const downloads = jobs.filter(({ task }) => task.kind === 'model-download' && task.purpose === 'chat');
  return downloads.find(({ status }) => status === 'running') ?? downloads[0] ?? null;
}
