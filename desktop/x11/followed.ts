import { sleep } from '../sleep.ts';
import type { OfferedText } from './primary-selection.ts';

/** In milliseconds. `looks`: how often it is looked at least, for as long as that does not take `busyMs` more. */
export interface FollowTimes {
  readonly limitMs: number;
  readonly everyMs: number;
  readonly looks?: number;
}

/** A machine that takes so much longer does nothing else any more. */
const busyMs = 2500;

/**
 * Looks until a text is as wanted and answers it; null once the time is over. Where a look itself takes long the machine is
 * busy, and the application that is waited for is no faster: some looks come before the end in any case.
 */
export async function followed(
  look: () => Promise<OfferedText | null>,
  isWanted: (text: string) => boolean,
  { limitMs, everyMs, looks = 1 }: FollowTimes,
): Promise<string | null> {
  const end = Date.now() + limitMs;
  for (let left = looks - 1; ; left -= 1) {
    await sleep(everyMs);
    const now = await look();
    if (now !== null && isWanted(now.text)) return now.text;
    const late = Date.now() - end;
    if (late >= busyMs || (late >= 0 && left <= 0)) return null;
  }
}
