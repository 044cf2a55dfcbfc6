import * as z from 'zod';
import { type Contract, request, state } from '../define.ts';
import { grantsStateSchema } from '../grant.ts';
import * as ids from '../ids.ts';

/** What actions may do outside because the person agreed once. None is given here: main asks for each in a window of its own. */
export const grantsRoutes = {
  requests: {
    /** Takes one back, or all: the next time it is asked about again. */
    'grant.takeBack': request(z.strictObject({ id: ids.id.nullable() }), 'free').returns(z.null()),
  },
  streams: {},
  states: { grants: state(grantsStateSchema, 'free', { list: [] }) },
} as const satisfies Contract;
