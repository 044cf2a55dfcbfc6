import * as z from 'zod';
import { type Contract, request, state } from '../define.ts';
import { appErrorSchema } from '../error-shape.ts';
import * as ids from '../ids.ts';
import { runStartedSchema } from '../run.ts';
import type { Shape } from '../shape.ts';

/** What the key of an action came to: an answer that is being made, or why there is none. */
export const callSchema = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('begun'), id: z.string(), run: runStartedSchema }),
  z.strictObject({ status: z.literal('refused'), id: z.string(), cause: appErrorSchema }),
]);
export type Call = Shape<typeof callSchema>;

export const calledStateSchema = z.strictObject({
  /** The last one, until a window has shown it; windows attach to its answer as to every other. */
  call: callSchema.nullable(),
});
export type CalledState = Shape<typeof calledStateSchema>;

/** Actions that are called by a key of their own, from any application. */
export const callsRoutes = {
  requests: {
    /**
     * Takes what is selected and begins to answer, in a chat of its own; answered when the state `called` tells what came of
     * it. Under one id, which the question gets, it is begun once. Only main asks this, for a key that was pressed.
     */
    'action.call': request(z.strictObject({ questionId: ids.messageId, actionId: ids.id })).returns(z.null()),
    /** A window shows what was called, by its id. */
    'action.callShown': request(z.strictObject({ id: ids.messageId }), 'free').returns(z.null()),
  },
  streams: {},
  states: { called: state(calledStateSchema, 'free', { call: null }) },
} as const satisfies Contract;
