import * as z from 'zod';
import { type Contract, state } from '../define.ts';
import type { Shape } from '../shape.ts';

/** What core tells everyone who watches: a new revision means that lists should be asked for again. */
export const libraryStateSchema = z.strictObject({
  /** Counts up with every change of conversations or their titles. */
  conversationsRevision: z.number(),
  /** Counts up with changes of the list of models that no setting and no job tells of. */
  modelsRevision: z.number(),
  runningRuns: z.array(z.strictObject({ runId: z.string(), conversationId: z.string() })),
});
export type LibraryState = Shape<typeof libraryStateSchema>;

/** What core tells everyone who watches. */
export const libraryRoutes = {
  requests: {},
  streams: {},
  states: {
    library: state(libraryStateSchema, 'free', { conversationsRevision: 0, modelsRevision: 0, runningRuns: [] }),
  },
} as const satisfies Contract;
