import { describe, expect, it } from 'vitest';
import type { UsageGroup } from '../../../contract/usage.ts';
import { amountOf } from '../../../renderer/window/usage/budget-form.tsx';
import { beginOf, figuresOf, niceTop } from '../../../renderer/window/usage/figures.ts';

const now = new Date(2026, 10, 30, 15);
const budget = { currency: 'CNY', yuanPerDollar: 7 } as const;
const group = (more: Partial<UsageGroup>): UsageGroup => ({
  ...{ day: '2026-11-30', modelName: 'deepseek-flash', host: 'api.deepseek.com', place: 'outside', action: null },
  ...{ calls: 1, words: 100, currency: 'CNY', low: 0.01, high: 0.02, unpriced: 0, ...more },
});
const here = { modelName: 'Qwen', host: '', place: 'device', currency: null, low: 0, high: 0 } as const;

describe('the figures of usage', () => {
  it('sum what was charged in two currencies in that of the budget, at its rate', () => {
    const figures = figuresOf([group({}), group({ currency: 'USD', low: 1, high: 1 })], 'month', now, budget);
    expect(figures).toMatchObject({ currency: 'CNY', calls: 2 });
    expect(figures.high).toBeCloseTo(7.02, 9);
  });

  it('stay in the currency that all was charged in, whatever the budget’s is', () => {
    const figures = figuresOf([group({ currency: 'USD', high: 1 })], 'month', now, budget);
    expect(figures).toMatchObject({ currency: 'USD', high: 1 });
  });

  it('count what stayed here apart from what was sent, also to a server on this machine, which may send it on', () => {
    const nearby = group({ place: 'this-machine', host: '127.0.0.1:11434', words: 7 });
    expect(figuresOf([group({}), group({ ...here, words: 900 }), nearby], 'week', now, budget)).toMatchObject({
      here: 900,
      sent: 107,
    });
  });

  it('have a place for each day, the last for today, over the end of a month', () => {
    const early = new Date(2026, 2, 2, 1);
    const { slots } = figuresOf([group({ day: '2026-02-28' })], 'week', early, budget);
    expect(slots.map(({ key }) => key)).toEqual(
      ['24', '25', '26', '27', '28'].map((day) => `2026-02-${day}`).concat('2026-03-01', '2026-03-02'),
    );
    expect(slots[4]?.cost).toBe(0.02);
    expect(beginOf('week', early)).toBe(new Date(2026, 1, 24).getTime());
  });

  it('have a place for each month of a year, over the end of it', () => {
    const { slots } = figuresOf([group({ day: '2025-12-31' })], 'year', new Date(2026, 0, 31), budget);
    expect([slots[0]?.key, slots.length, slots.at(-1)?.key, slots.at(-2)]).toMatchObject([
      '2025-02',
      12,
      '2026-01',
      { key: '2025-12', cost: 0.02 },
    ]);
  });

  it('keep calls of unknown price apart from those that cost nothing', () => {
    const { models, unpriced } = figuresOf(
      [group({ currency: null, low: 0, high: 0, unpriced: 3 })],
      'week',
      now,
      budget,
    );
    expect([unpriced, models[0]?.unpriced]).toEqual([3, 3]);
  });

  it('put the dearest first, one line for a model at a place and for an action', () => {
    const groups = [
      group({ ...here, calls: 9 }),
      group({}),
      group({ action: 'summarise' }),
      group({ day: '2026-11-29' }),
    ];
    const { models, actions } = figuresOf(groups, 'month', now, budget);
    expect(models.map(({ modelName, calls }) => [modelName, calls])).toEqual([
      ['deepseek-flash', 3],
      ['Qwen', 9],
    ]);
    expect(actions.map(({ action, here: kept, sent }) => [action, kept, sent])).toEqual([
      [null, 9, 2],
      ['summarise', 0, 1],
    ]);
  });

  it('have an axis that ends at a round number, and none for nothing', () => {
    expect([0, 0.023, 1, 7, 310, 4200].map(niceTop)).toEqual([0, 0.03, 1, 8, 400, 5000]);
    expect(niceTop(Number.NaN)).toBe(0);
  });
});

describe('a limit that is typed', () => {
  it.each([
    ['', null],
    [' 2.5 ', 2.5],
    ['¥20', 20],
    ['２０', 20],
    ['0,5', 0.5],
    ['0', 'wrong'],
    ['-1', 'wrong'],
    ['1e9', 'wrong'],
    ['abc', 'wrong'],
    ['1,000,000', 'wrong'],
  ])('is read as it is meant, or refused: %j', (typed, amount) => {
    expect(amountOf(typed)).toBe(amount);
  });
});
