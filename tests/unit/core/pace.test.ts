import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pace } from '../../../core/jobs/pace.ts';

function paceOf(points: readonly (readonly [at: number, amount: number])[]): Pace {
  const pace = new Pace();
  for (const [at, amount] of points) pace.add(at, amount);
  return pace;
}

describe('the pace of work', () => {
  it('is what the last three seconds gave, and tells when the total is reached', () => {
    const pace = paceOf([
      [0, 0],
      [1000, 10],
      [6000, 20],
      [7000, 30],
    ]);
    expect(pace.rate).toBe(10);
    expect(pace.leftMs(30, 80)).toBe(5000);
  });

  it('of less than one thing a second still tells the time left', () => {
    const pace = paceOf([
      [0, 0],
      [2000, 1],
    ]);
    expect(pace.leftMs(1, 3)).toBe(4000);
  });

  it('tells no time where nothing moved, no total is known, or all is done', () => {
    expect(new Pace().leftMs(0, 10)).toBeNull();
    expect(paceOf([[0, 5]]).leftMs(5, 10)).toBeNull();
    expect(new Pace().leftMs(5, null)).toBeNull();
    expect(new Pace().leftMs(10, 10)).toBe(0);
  });

  it('is never negative or endless, however the amount goes and however the clock is set', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(20_000), fc.nat(1000))), fc.nat(1000), (points, total) => {
        const pace = paceOf(points);
        const left = pace.leftMs(points.at(-1)?.[1] ?? 0, total);
        expect(Number.isFinite(pace.rate) && pace.rate >= 0).toBe(true);
        expect(left === null || (Number.isFinite(left) && left >= 0)).toBe(true);
      }),
    );
  });
});
