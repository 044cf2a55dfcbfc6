import { expect, it } from 'vitest';
import { expectLinear } from '../support/growth.ts';

function spin(turns: number): number {
  let sum = 0;
  for (let turn = 0; turn < turns; turn += 1) sum += Math.sqrt(turn);
  return sum;
}

it('work that takes eight times as much for eight times as much input passes', () => {
  expectLinear((size) => spin(size * 1000), 20_000);
});

it('work that takes sixty-four times as much is told', () => {
  expect(() => expectLinear((size) => spin(size * size), 12_000)).toThrow(/ms for a size of 12000/);
});
