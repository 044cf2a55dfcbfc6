import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Deaths } from '../../../process/deaths.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('opens the circuit at the limit alone, and closes it when the oldest death is long ago', () => {
  const deaths = new Deaths(60_000, 3);
  deaths.add();
  vi.advanceTimersByTime(10_000);
  deaths.add();
  expect(deaths.tooMany()).toBeNull();
  deaths.add();
  expect(deaths.tooMany()).toEqual({ times: 3, forMs: 50_000 });
  vi.advanceTimersByTime(50_001);
  expect(deaths.tooMany()).toBeNull();
});

it('counts what one subject did against that subject alone', () => {
  const deaths = new Deaths(60_000, 2);
  deaths.add('hostile.gguf');
  deaths.add('hostile.gguf');
  expect(deaths.tooMany('hostile.gguf')).not.toBeNull();
  expect(deaths.tooMany('good.gguf')).toBeNull();
});

it('forgets what the person has forgiven', () => {
  const deaths = new Deaths(60_000, 1);
  deaths.add();
  deaths.forget();
  expect(deaths.tooMany()).toBeNull();
});
