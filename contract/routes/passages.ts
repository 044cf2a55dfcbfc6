import * as z from 'zod';
import { type Contract, request } from '../define.ts';
import * as ids from '../ids.ts';
import { openedSchema, passageAtSchema, passageSchema } from '../passage.ts';

const passageOf = z.strictObject({ messageId: ids.messageId, at: passageAtSchema });

/** Passages of the texts that answers are about, and the files they stand in. A page names them by numbers, never by a path. */
export const passagesRoutes = {
  requests: {
    /** A passage with what stands around it. */
    'passage.show': request(passageOf, 'free').returns(passageSchema),
    /** Opens the file that a passage was read from, at its place where the viewer of the system can be told one. */
    'passage.open': request(passageOf, 'free').returns(openedSchema),
  },
  streams: {},
  states: {},
} as const satisfies Contract;
