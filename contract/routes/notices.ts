import * as z from 'zod';
import { type Contract, request, state } from '../define.ts';
import * as ids from '../ids.ts';
import type { Shape } from '../shape.ts';

const none = z.strictObject({});

/** Something core did by itself and a person should know, such as a settings file that was set aside. */
export const coreNoticeSchema = z.strictObject({
  id: z.string(),
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type CoreNotice = Shape<typeof coreNoticeSchema>;

/** What core did by itself and a person should know. */
export const noticesRoutes = {
  requests: {
    'notice.list': request(none, 'free').returns(z.array(coreNoticeSchema)),
    /** The person has seen it: it is not told again. */
    'notice.seen': request(z.strictObject({ id: ids.id }), 'free').returns(z.null()),
  },
  streams: {},
  states: {
    notices: state(z.strictObject({ notices: z.array(coreNoticeSchema) }), 'free', { notices: [] }),
  },
} as const satisfies Contract;
