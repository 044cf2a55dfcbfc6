import type { ReadFile } from './read-paths.ts';
import type { Converted } from './sharing.ts';

/** What other programs have, as an atom; null for what is none of it. */
export function convertForeign(_read: ReadFile): Converted | null {
  return null;
}
