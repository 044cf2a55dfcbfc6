import { useCallback, useEffect, useState } from 'react';
import { useClient } from '../app/backend.ts';

/** Long enough to be read; whoever knows it already goes on at once. */
const saidMs = 1400;

/** The box goes when what it was called for is done, and says what is left to do before. */
export interface Leaving {
  /** Whether it is said just now. */
  readonly isSaid: boolean;
  readonly go: () => void;
}

/**
 * A key or a click ends it at once: Ctrl goes down before V does, so that the V is for the window that gets the keyboard back.
 * `stays`: it does not go while it is pinned.
 */
export function useLeaving(stays: boolean): Leaving {
  const client = useClient();
  const [isSaid, setIsSaid] = useState(false);
  useEffect(() => {
    if (!isSaid) return;
    const leave = () => {
      setIsSaid(false);
      if (!stays) void client.request('overlay.hide', {});
    };
    const timer = setTimeout(leave, saidMs);
    const events = ['keydown', 'pointerdown'] as const;
    for (const event of events) window.addEventListener(event, leave, { capture: true });
    return () => {
      clearTimeout(timer);
      for (const event of events) window.removeEventListener(event, leave, { capture: true });
    };
  }, [isSaid, stays, client]);
  return { isSaid, go: useCallback(() => setIsSaid(true), []) };
}
