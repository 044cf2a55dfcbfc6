import type { Job } from '../../contract/model.ts';

/** What can be done about the model that arrives first; null when there is nothing to do but wait. */
export function starterStep(job: Job | null, refused: boolean): 'pause' | 'resume' | 'retry' | null {
  if (job === null) return refused ? 'retry' : null;
  if (job.status === 'running') return 'pause';
  if (job.status === 'paused') return 'resume';
  return job.status === 'failed' ? 'retry' : null;
}
