import { useRef } from 'react';

interface Progress {
  readonly done: number;
  readonly total: number;
}

/** Sooner a speed is a guess. */
const measuredAfterMs = 3000;

/** Seconds until something is done at the speed it has had so far; null while that cannot be told. */
export function useTimeLeft(progress: Progress | null): number | null {
  const first = useRef<{ readonly at: number; readonly progress: Progress } | null>(null);
  const now = performance.now();
  const before = first.current;
  const isAnother = before === null || progress === null || before.progress.total !== progress.total;
  if (isAnother || progress.done < before.progress.done) {
    first.current = progress === null ? null : { at: now, progress };
    return null;
  }
  const elapsedMs = now - before.at;
  const done = progress.done - before.progress.done;
  if (elapsedMs < measuredAfterMs || done <= 0) return null;
  return ((progress.total - progress.done) * elapsedMs) / done / 1000;
}
