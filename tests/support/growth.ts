import { expect } from 'vitest';

const times = 8;
/** What is linear takes 8 times as much, what is quadratic 64 times. */
const most = 24;
const tries = 3;
/** Collections of garbage and the clock's steps come to this, whatever the size. */
const noiseMs = 25;

/**
 * Fails where work takes much more than its input grows, told by an eighth of it. What counts is the processor's time of this thread,
 * the least of three tries, so that other programs on the machine decide nothing.
 */
export function expectLinear(work: (size: number) => unknown, size: number): void {
  const [small, large] = [size / times, size].map((one) => leastOf(() => work(Math.round(one))));
  expect(large, `${large} ms for a size of ${size}, and ${small} ms for an eighth`).toBeLessThan(
    (small ?? 0) * most + noiseMs,
  );
}

function leastOf(work: () => unknown): number {
  return Math.min(...Array.from({ length: tries }, () => costOf(work)));
}

/** In milliseconds of the processor. */
function costOf(work: () => unknown): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
