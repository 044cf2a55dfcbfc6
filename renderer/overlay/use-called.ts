import { useEffect, useRef } from 'react';
import type { Call } from '../../contract/routes/calls.ts';
import { useBackend } from '../app/backend.ts';

/**
 * Shows what the key of an action began, once; a page that was not there when it was pressed shows it when it comes. The call
 * itself draws nothing: a picture of the box as it was before would only stand in the way of the answer.
 */
export function useCalled(show: (call: Call) => void): void {
  const { client, states } = useBackend();
  const latest = useRef(show);
  latest.current = show;
  useEffect(() => {
    let shownId: string | null = null;
    const look = () => {
      const call = states.called.getSnapshot()?.call ?? null;
      if (call === null || call.id === shownId) return;
      shownId = call.id;
      latest.current(call);
      void client.request('action.callShown', { id: call.id });
    };
    look();
    return states.called.subscribe(look);
  }, [client, states]);
}
