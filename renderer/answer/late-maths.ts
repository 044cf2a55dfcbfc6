import { useSyncExternalStore } from 'react';
import { LatePart } from './late-part.ts';

// What draws formulas is as large as the rest of the page.
const maths = new LatePart(async () => (await import('./draw-maths.tsx')).drawMaths);

/** What draws formulas; null until it is there. */
export function useDrawMaths() {
  return useSyncExternalStore(maths.subscribe, maths.get, maths.get);
}

export const preloadMaths = maths.load;
