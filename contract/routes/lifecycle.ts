import * as z from 'zod';
import { type Contract, request } from '../define.ts';

const none = z.strictObject({});

/** What a core says of itself, and how it is asked to end. */
export const lifecycleRoutes = {
  requests: {
    'core.info': request(none, 'free').returns(
      z.strictObject({
        version: z.string(),
        processId: z.number(),
        face: z.enum(['app', 'cli']),
        profile: z.string(),
      }),
    ),
    /** Where things are kept, for the person to read. */
    'core.folders': request(none, 'free').returns(z.strictObject({ profile: z.string(), models: z.string() })),
    /** A core that a cli runs closes its database and ends, so that the app can take the profile. */
    'core.handOver': request(none).returns(z.null()),
    'core.shutDown': request(none).returns(z.null()),
  },
  streams: {},
  states: {},
} as const satisfies Contract;
