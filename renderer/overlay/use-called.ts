import { useEffect } from 'react';
import type { Call } from '../../contract/routes/calls.ts';
import { useClient, useMirror } from '../app/backend.ts';

/** Shows what the key of an action began, once; a page that was not there when it was pressed shows it when it comes. */
export function useCalled(show: (call: Call) => void): void {
  const client = useClient();
  const call = useMirror('called')?.call ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the call counts
  useEffect(() => {
    if (call === null) return;
    show(call);
    void client.request('action.callShown', { id: call.id });
  }, [call?.id]);
}
