import { useEffect } from 'react';
import { useClient } from '../app/backend.ts';

/** Tells main whether the box is empty: only then its window may be made anew. */
export function useRest(resting: boolean): void {
  const client = useClient();
  useEffect(() => void client.request('overlay.rest', { resting }), [client, resting]);
}
