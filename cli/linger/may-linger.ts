import type { Power } from './power.ts';

/** Why a model does not stay in memory for the next command. */
export type NoLinger = 'off' | 'battery' | 'memory';

export interface Machine {
  /** Null where the system does not tell. */
  readonly power: () => Power | null;
  /** Memory that programs can still have without others losing theirs, in bytes. */
  readonly availableBytes: () => number;
  readonly totalBytes: number;
}

/** While a battery is used up, its charge is left to the person below this. */
const lowPercent = 40;
const leastBytes = 500e6;
const leastShare = 0.08;

/** Null when a model may stay. */
export function whyNotLinger(seconds: number, { power, availableBytes, totalBytes }: Machine): NoLinger | null {
  if (seconds === 0) return 'off';
  const now = power();
  // A battery that does not tell its charge may be nearly empty.
  if (now?.onBattery === true && (now.percent ?? 0) < lowPercent) return 'battery';
  return availableBytes() < Math.max(leastBytes, totalBytes * leastShare) ? 'memory' : null;
}
