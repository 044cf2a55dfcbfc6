import { useEffect, useState } from 'react';
import { useClient } from '../app/backend.ts';
import { type RunView, reduceRun } from './run-store.ts';

/** Follows a run from wherever it is. Parts that come between two frames are shown together; leaving stops nothing. */
export function useRun(runId: string | null): RunView | null {
  const client = useClient();
  const [view, setView] = useState<RunView | null>(null);
  useEffect(() => {
    setView(null);
    if (runId === null) return;
    const stream = client.open('run.attach', { runId });
    let latest: RunView | null = null;
    let frame: number | null = null;
    const show = () => {
      frame = null;
      setView(latest);
    };
    const follow = async () => {
      for await (const part of stream) {
        latest = reduceRun(latest, runId, part);
        // A hidden page gets no frames; what it missed is shown with the next one it gets.
        frame ??= requestAnimationFrame(show);
        if (part.type === 'run-finished') setView(latest);
      }
    };
    follow().catch(() => {
      // Core was restarted: what it had stored is read from the conversation.
      setView((shown) =>
        shown === null || shown.finished
          ? shown
          : { ...shown, finished: true, answer: { ...shown.answer, state: 'cut' } },
      );
    });
    return () => {
      stream.close();
      if (frame !== null) cancelAnimationFrame(frame);
    };
  }, [client, runId]);
  return view !== null && view.runId === runId ? view : null;
}
