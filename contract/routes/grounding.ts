import * as z from 'zod';
import { type Contract, request } from '../define.ts';
import { groundingSchema } from '../grounding.ts';
import * as ids from '../ids.ts';

/** What of an answer stands in the text it is about. */
export const groundingRoutes = {
  requests: {
    /** Which words of an answer stand nowhere in the text it is about; `byMeaning` finds nearer passages, and takes longer. */
    'answer.grounding': request(
      z.strictObject({ messageId: ids.messageId, byMeaning: z.boolean().default(false) }),
      'free',
    ).returns(groundingSchema),
  },
  streams: {},
  states: {},
} as const satisfies Contract;
