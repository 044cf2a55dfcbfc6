import { expect, it, vi } from 'vitest';
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

it('work that grows as its input does passes where a processor is counted in steps of 40 ms', () => {
  const counted = process.threadCpuUsage.bind(process);
  const step = 40_000;
  const spy = vi.spyOn(process, 'threadCpuUsage').mockImplementation(((before?: NodeJS.CpuUsage) => {
    const { user, system } = counted();
    const all = Math.floor((user + system) / step) * step;
    return { user: all - (before?.user ?? 0), system: 0 };
  }) as typeof process.threadCpuUsage);
  try {
    for (let time = 0; time < 5; time += 1) expectLinear((size) => spin(size * 1000), 5000);
    expect(() => expectLinear((size) => spin(size * size), 12_000)).toThrow(/ms for a size of 12000/);
  } finally {
    spy.mockRestore();
  }
});
