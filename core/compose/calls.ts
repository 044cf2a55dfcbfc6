import type { callsRoutes } from '../../contract/routes/calls.ts';
import type { Handlers } from '../../wire/server.ts';
import type { Atoms } from '../atoms/atoms.ts';
import { ActionCalls, type ActionCallsOptions } from '../calls/action-calls.ts';
import type { Context } from '../context/context.ts';
import { nothing } from './nothing.ts';

export interface CallNeeds extends Pick<ActionCallsOptions, 'start'> {
  readonly context: Context;
  readonly atoms: Atoms;
}

/** Actions called by a key of their own. */
export function composeCalls({ context, atoms, start }: CallNeeds): {
  readonly handlers: Handlers<typeof callsRoutes>;
} {
  const calls = new ActionCalls({
    capture: async () => {
      // Other applications are asked first; they answer while the files of actions are looked at.
      const captured = context.captureSelected();
      atoms.refresh();
      await captured;
    },
    chips: () => context.state.value.chips,
    start,
    clearContext: () => context.clear(),
  });
  const handlers: Handlers<typeof callsRoutes> = {
    requests: {
      'action.call': async ({ questionId, actionId }) => nothing(await calls.call(questionId, actionId)),
      'action.callShown': ({ id }) => nothing(calls.shown(id)),
    },
    streams: {},
    states: { called: calls.state },
  };
  return { handlers };
}
