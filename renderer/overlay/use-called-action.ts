import { useEffect, useRef } from 'react';
import { useMirror } from '../app/backend.ts';

/** Runs an action that was called by a key of its own, once for each press; what was pressed before the page was there is over. */
export function useCalledAction(use: (actionId: string) => void): void {
  const called = useMirror('shell')?.called;
  const done = useRef<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the press counts, with what is selected by then
  useEffect(() => {
    const isFirst = done.current === null;
    if (called === undefined || called?.revision === done.current) return;
    done.current = called?.revision ?? 0;
    if (!isFirst && called !== null) use(called.actionId);
  }, [called?.revision]);
}
