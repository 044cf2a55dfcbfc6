import { sleep } from '../sleep.ts';
import type { OfferedText } from './primary-selection.ts';

/** In milliseconds. */
export interface FollowTimes {
  readonly limitMs: number;
  readonly everyMs: number;
}

/** Looks until a text is as wanted and answers it; null once the time is over. */
export async function followed(
  look: () => Promise<OfferedText | null>,
  isWanted: (text: string) => boolean,
  { limitMs, everyMs }: FollowTimes,
): Promise<string | null> {
  const end = Date.now() + limitMs;
  do {
    await sleep(everyMs);
    const now = await look();
    if (now !== null && isWanted(now.text)) return now.text;
  } while (Date.now() < end);
  return null;
}
