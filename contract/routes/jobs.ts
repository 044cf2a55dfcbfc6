import * as z from 'zod';
import { type Contract, request, state } from '../define.ts';
import * as ids from '../ids.ts';
import { jobsStateSchema } from '../job.ts';

const byJob = z.strictObject({ jobId: ids.id });

/** Work that takes long. A request that a job does not allow now fails with `job/not-now`, one of no job with `job/not-found`. */
export const jobsRoutes = {
  requests: {
    'job.pause': request(byJob, 'free').returns(z.null()),
    /** Goes on with a paused one, or tries a failed one again. */
    'job.resume': request(byJob, 'free').returns(z.null()),
    /** Ends it and removes what it left; answered when that is done, while the state shows the end at once. */
    'job.cancel': request(byJob, 'free').returns(z.null()),
  },
  streams: {},
  states: {
    jobs: state(jobsStateSchema, 'free', { jobs: [], ended: [] }),
  },
} as const satisfies Contract;
