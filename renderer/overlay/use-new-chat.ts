import { useEffect, useRef } from 'react';
import { useMirror } from '../app/backend.ts';

/** Begins a new chat when the person asked for one outside of the box, such as in the tray. */
export function useNewChat(begin: () => void): void {
  const asked = useMirror('shell')?.overlay.newChats;
  const known = useRef(asked);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the count tells that it was asked for
  useEffect(() => {
    // A page that just came is empty already.
    if (known.current !== undefined && asked !== known.current) begin();
    known.current = asked;
  }, [asked]);
}
