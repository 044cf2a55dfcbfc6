import * as z from 'zod';
import { type Contract, request, state } from '../define.ts';
import * as ids from '../ids.ts';
import { jobSchema } from '../model.ts';

/** Work that takes long and can be paused. */
export const jobsRoutes = {
  requests: {
    'job.pause': request(z.strictObject({ jobId: ids.id }), 'free').returns(z.null()),
    'job.resume': request(z.strictObject({ jobId: ids.id }), 'free').returns(z.null()),
    'job.cancel': request(z.strictObject({ jobId: ids.id }), 'free').returns(z.null()),
  },
  streams: {},
  states: {
    jobs: state(z.strictObject({ jobs: z.array(jobSchema) }), 'free', { jobs: [] }),
  },
} as const satisfies Contract;
