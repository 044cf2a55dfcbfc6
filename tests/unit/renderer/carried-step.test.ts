import { expect, it } from 'vitest';
import { landing, nearest, scrollBy } from '../../../renderer/window/actions/carried-step.ts';

it('puts a step down where it is let go, and counts its own gap among those that it leaves', () => {
  const edges = [0, 1, 2, 3, null];
  const from = (at: number) => edges.map((edge) => landing(at, edge));
  expect(from(0)).toEqual([null, null, 1, 2, null]);
  expect(from(1)).toEqual([0, null, null, 2, null]);
  expect(from(2)).toEqual([0, 1, null, null, null]);
});

it('takes the edge that is nearest, the first of two that are as near, and none of none', () => {
  const heights = [100, 300, 340];
  expect([-50, 199, 200, 201, 321, 900].map((y) => nearest(heights, y))).toEqual([0, 0, 0, 1, 2, 2]);
  expect(nearest([], 10)).toBeNull();
});

it('scrolls near an end alone, faster towards it, and no faster beyond it', () => {
  const box = { top: 100, bottom: 700 };
  expect(scrollBy(400, box)).toBe(0);
  expect([148, 652].map((y) => scrollBy(y, box))).toEqual([0, 0]);
  expect([124, 100, -300].map((y) => scrollBy(y, box))).toEqual([-7, -14, -14]);
  expect([676, 700, 2000].map((y) => scrollBy(y, box))).toEqual([7, 14, 14]);
});
