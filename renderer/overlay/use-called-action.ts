import { useEffect, useRef } from 'react';
import { useMirror } from '../app/backend.ts';

/** Runs an action that was called by a key of its own, once for each press; what was pressed before the page was there is over. */
export function useCalledAction(use: (actionId: string) => void): void {
  const called = useMirror('shell')?.called;
  const revision = called === undefined ? null : (called?.revision ?? 0);
  const done = useRef<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the press counts, with what is selected by then
  useEffect(() => {
    const before = done.current;
    done.current = revision ?? before;
    if (before !== null && before !== revision && called) use(called.actionId);
  }, [revision]);
}
