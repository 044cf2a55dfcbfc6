import { useEffect, useState } from 'react';
import { useClient } from '../app/backend.ts';
import { type RunView, reduceRun } from './run-store.ts';

/**
 * Drawing takes processor time from the model that writes: on two cores, where the model needs both, each picture costs it
 * half a token. Four a second keep up with anyone who reads; where cores are left over, an answer flows.
 */
const leastMsBetween = navigator.hardwareConcurrency <= 2 ? 250 : navigator.hardwareConcurrency <= 4 ? 125 : 60;

const afterFirstPictureMs = 40;

export interface FollowedRun {
  /** `null` until its first part is there. */
  readonly run: RunView | null;
  /** Core no longer knows it; there will be no first part. */
  readonly lost: boolean;
}

/** Follows a run from wherever it is. Parts that come between two frames are shown together; leaving stops nothing. */
export function useRun(runId: string | null): FollowedRun {
  const client = useClient();
  const [view, setView] = useState<RunView | null>(null);
  const [lostId, setLostId] = useState<string | null>(null);
  useEffect(() => {
    setView(null);
    if (runId === null) return;
    const stream = client.open('run.attach', { runId });
    let latest: RunView | null = null;
    let frame: number | null = null;
    let timer: ReturnType<typeof setTimeout> | null = null;
    let shownAt = Number.NEGATIVE_INFINITY;
    const show = () => {
      frame = null;
      shownAt = performance.now();
      setView(latest);
    };
    // What comes while the page is hidden is drawn after it was shown, not in its first picture, which would wait for it.
    const draw = () => {
      if (!document.hidden) frame = requestAnimationFrame(show);
    };
    const drawAfter = (ms: number) => {
      timer = setTimeout(() => {
        timer = null;
        draw();
      }, ms);
    };
    const showSoon = () => {
      if (frame !== null || timer !== null) return;
      const wait = shownAt + leastMsBetween - performance.now();
      if (wait <= 0) draw();
      else drawAfter(wait);
    };
    const follow = async () => {
      for await (const part of stream) {
        latest = reduceRun(latest, runId, part);
        showSoon();
        if (part.type === 'run-finished') setView(latest);
      }
    };
    const onVisibility = () => {
      if (frame !== null) cancelAnimationFrame(frame);
      frame = null;
      if (!document.hidden && timer === null) drawAfter(afterFirstPictureMs);
    };
    document.addEventListener('visibilitychange', onVisibility);
    follow().catch(() => {
      setLostId(runId);
      // Core was restarted: what it had stored is read from the conversation.
      setView((shown) =>
        shown === null || shown.finished
          ? shown
          : { ...shown, finished: true, answer: { ...shown.answer, state: 'cut' } },
      );
    });
    return () => {
      stream.close();
      document.removeEventListener('visibilitychange', onVisibility);
      if (frame !== null) cancelAnimationFrame(frame);
      if (timer !== null) clearTimeout(timer);
    };
  }, [client, runId]);
  return { run: view !== null && view.runId === runId ? view : null, lost: runId !== null && runId === lostId };
}
