import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { useClient } from '../app/backend.ts';
import { Pictures } from './pictures.ts';
import { type RunView, reduceRun } from './run-store.ts';

export interface FollowedRun {
  /** `null` until its first part is there. */
  readonly run: RunView | null;
  /** Core no longer knows it; there will be no first part. */
  readonly lost: boolean;
  /** Asks for a run that is shown next, before anything is drawn for it: its first parts come meanwhile. */
  readonly askAhead: (runId: string) => void;
}

/** Follows a run from wherever it is. Parts that come between two frames are shown together; leaving stops nothing. */
export function useRun(runId: string | null): FollowedRun {
  const client = useClient();
  const [view, setView] = useState<RunView | null>(null);
  const [lostId, setLostId] = useState<string | null>(null);
  const ahead = useRef<Ahead | null>(null);
  const askAhead = useCallback(
    (id: string) => {
      takeAhead(ahead, null);
      ahead.current = { runId: id, stream: openRun(client, id) };
    },
    [client],
  );
  // Before the page is painted: what an action without a model makes is there by the time it would be asked for after that.
  useLayoutEffect(() => {
    setView(null);
    if (runId === null) return;
    const stream = takeAhead(ahead, runId) ?? openRun(client, runId);
    let latest: RunView | null = null;
    const pictures = new Pictures(() => setView(latest));
    const follow = async () => {
      for await (const part of stream) {
        latest = reduceRun(latest, runId, part);
        pictures.drawSoon();
        if (part.type === 'run-finished') setView(latest);
      }
    };
    follow().catch(() => {
      setLostId(runId);
      // Core was restarted: what it had stored is read from the conversation.
      setView(asCut);
    });
    return () => {
      stream.close();
      pictures.dispose();
    };
  }, [client, runId]);
  return {
    run: view !== null && view.runId === runId ? view : null,
    lost: runId !== null && runId === lostId,
    askAhead,
  };
}

type RunStream = ReturnType<typeof openRun>;
interface Ahead {
  readonly runId: string;
  readonly stream: RunStream;
}

function openRun(client: ReturnType<typeof useClient>, runId: string) {
  return client.open('run.attach', { runId });
}

/** The stream that was asked for ahead, once; one for another run is closed. */
function takeAhead(ahead: RefObject<Ahead | null>, runId: string | null): RunStream | null {
  const { current } = ahead;
  ahead.current = null;
  if (current?.runId === runId) return current.stream;
  current?.stream.close();
  return null;
}

function asCut(shown: RunView | null): RunView | null {
  if (shown === null || shown.finished) return shown;
  return { ...shown, finished: true, answer: { ...shown.answer, state: 'cut' } };
}
