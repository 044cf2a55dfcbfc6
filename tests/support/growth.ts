import { expect } from 'vitest';

const times = 8;
/** What is linear takes 8 times as much, what is quadratic 64 times. */
const most = 24;
const tries = 3;
/** Collections of garbage and the clock's steps come to this, whatever the size. */
const noiseMs = 25;
/** Some machines count a processor's time in steps of tens of milliseconds: beside this much, a step decides nothing. */
const enoughMs = 500;

/**
 * Fails where work takes much more than its input grows, told by an eighth of it. What counts is the processor's time of this thread,
 * the least of three tries, so that other programs on the machine decide nothing. Work that seems to grow too fast is done again,
 * often enough that the steps of the machine's clock do not decide either.
 */
export function expectLinear(work: (size: number) => unknown, size: number): void {
  const part = Math.round(size / times);
  const small = leastOf(() => work(part));
  const large = leastOf(() => work(size));
  if (large < small * most + noiseMs) return;
  const [parts, wholes] = costOfMany(
    () => work(part),
    () => work(size),
  );
  expect(wholes, `${wholes} ms for a size of ${size}, and ${parts} ms for an eighth`).toBeLessThan(parts * most);
}

function leastOf(work: () => unknown): number {
  return Math.min(...Array.from({ length: tries }, () => costOf(work)));
}

/** Both as often as each other, taken together until the larger one has cost enough; the smaller one's are done eight at a time. */
function costOfMany(part: () => unknown, whole: () => unknown): [number, number] {
  let parts = 0;
  let wholes = 0;
  while (wholes < enoughMs) {
    parts += costOf(() => {
      for (let done = 0; done < times; done += 1) part();
    });
    wholes += costOf(whole);
  }
  return [parts / times, wholes];
}

/** In milliseconds of the processor. */
function costOf(work: () => unknown): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
