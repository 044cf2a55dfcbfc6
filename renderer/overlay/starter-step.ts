import type { Job } from '../../contract/job.ts';

/** What can be done about the model that arrives first; null when there is nothing to do but wait. */
export function starterStep(job: Job | null, refused: boolean): 'pause' | 'resume' | 'retry' | null {
  if (job === null) return refused ? 'retry' : null;
  if (job.allows.includes('pause')) return 'pause';
  if (!job.allows.includes('resume')) return null;
  return job.status === 'failed' ? 'retry' : 'resume';
}
