import { useCallback, useEffect, useState } from 'react';
import type { Leaving } from '../../contract/look.ts';
import { useClient } from '../app/backend.ts';
import type { RunView } from '../run/run-store.ts';
import type { Sheet } from './use-sheet.ts';

/** A later prompt of the answer that is being made, while it waits until the person has seen it; null for none. */
export function useLaterPrompt(run: RunView | null): Sheet | null {
  const client = useClient();
  const [shown, setShown] = useState<Leaving | null>(null);
  const runId = run?.runId ?? null;
  const asks = run?.asks ?? null;
  useEffect(() => {
    if (runId === null || asks === null) return setShown(null);
    let isLeft = false;
    void client.request('run.shown', { runId }).then((answer) => {
      if (!isLeft && answer.ok) setShown(answer.value);
    });
    return () => {
      isLeft = true;
    };
  }, [client, runId, asks]);
  const send = useCallback(() => {
    if (runId !== null && shown !== null) void client.request('run.agree', { runId, hash: shown.hash });
  }, [client, runId, shown]);
  const cancel = useCallback(() => {
    if (runId !== null) void client.request('run.cancel', { runId });
  }, [client, runId]);
  return shown === null || shown.hash !== asks ? null : { look: shown, send, here: null, cancel };
}
