import type { jobsRoutes } from '../../contract/routes/jobs.ts';
import type { Handlers } from '../../wire/server.ts';
import { Jobs } from '../jobs/jobs.ts';
import type { CoreBase } from '../surroundings.ts';
import { nothing } from './nothing.ts';

/** Long work of every feature, and what a person asks of it. */
export function composeJobs({ store }: CoreBase) {
  const jobs = store.add(new Jobs());
  const handlers: Handlers<typeof jobsRoutes> = {
    requests: {
      'job.pause': ({ jobId }) => nothing(jobs.pause(jobId)),
      'job.resume': ({ jobId }) => nothing(jobs.resume(jobId)),
      'job.cancel': async ({ jobId }) => nothing(await jobs.cancel(jobId)),
    },
    streams: {},
    states: { jobs: jobs.state },
  };
  return { jobs, handlers };
}
