import { describe, expect, it } from 'vitest';
import { cost } from '../../../models/prices/cost.ts';
import { hashOf, type Price, priceFileSchema } from '../../../models/prices/price.ts';
import data from '../../../models/prices/prices.json' with { type: 'json' };
import { isStale, Prices } from '../../../models/prices/prices.ts';
import { providers } from '../../../models/providers/provider.ts';

const prices = new Prices();
const million = 1_000_000;
const priceOf = (provider: string, model: string, more: object = {}) =>
  prices.find({ provider, host: 'h', region: null, model, language: 'en', ...more }) as Price;
const usage = (promptTokens: number, outputTokens: number, more: object = {}) => ({
  ...{ promptTokens, outputTokens, cachedTokens: null },
  ...more,
});
const at = (began: string, ended = began) => ({ began: new Date(began), ended: new Date(ended) });
const costOf = (price: Price, counted: ReturnType<typeof usage>, when = at('2026-11-12T03:00:00Z')) => {
  const { low, high } = cost(counted, price, when, prices.holidays) ?? { low: null, high: null };
  return [low, high].map((amount) => (amount === null ? null : Number(amount.toPrecision(12))));
};

describe('a price', () => {
  it.each([
    ['a second before the morning', '2026-11-12T08:59:59+08:00', 0.15, 0.15],
    ['with the morning', '2026-11-12T09:00:00+08:00', 0.3, 0.3],
    ['a second before noon', '2026-11-12T11:59:59+08:00', 0.3, 0.3],
    ['at noon', '2026-11-12T12:00:00+08:00', 0.15, 0.15],
    ['with the afternoon', '2026-11-12T14:00:00+08:00', 0.3, 0.3],
    ['with the evening', '2026-11-12T18:00:00+08:00', 0.15, 0.15],
    ['on a Friday', '2026-11-13T10:00:00+08:00', 0.3, 0.3],
    ['on a Saturday', '2026-11-14T10:00:00+08:00', 0.15, 0.15],
    ['on a Sunday', '2026-11-15T10:00:00+08:00', 0.15, 0.15],
    ['on a Monday that is still Sunday in New York', '2026-11-16T09:30:00+08:00', 0.3, 0.3],
    ['on a day that may be a holiday', '2026-10-01T10:00:00+08:00', 0.15, 0.3],
    ['at night on such a day', '2026-10-01T20:00:00+08:00', 0.15, 0.15],
    ['on the last such day', '2026-10-09T10:00:00+08:00', 0.15, 0.3],
    ['on the first after it', '2026-10-12T10:00:00+08:00', 0.3, 0.3],
  ])('goes by the hour of its provider: %s', (_, when, low, high) => {
    expect(costOf(priceOf('deepseek', 'deepseek-flash'), usage(million, 0), at(when))).toEqual([low, high]);
  });

  it('is a range where the hour changes while the answer is written', () => {
    const when = at('2026-11-12T11:59:50+08:00', '2026-11-12T12:00:10+08:00');
    expect(costOf(priceOf('deepseek', 'deepseek-flash'), usage(million, 0), when)).toEqual([0.15, 0.3]);
  });

  it('is in the currency of those who are charged', () => {
    const yuan = priceOf('deepseek', 'deepseek-v4-pro', { language: 'zh-CN' });
    expect(yuan.currency).toBe('CNY');
    const peak = at('2026-11-12T10:00:00+08:00');
    expect(costOf(yuan, usage(1000, 1000, { cachedTokens: 400 }), peak)).toEqual([0.03252, 0.03252]);
  });

  it.each([
    ['a second before the morning', '2026-11-12T08:59:59+08:00', 1],
    ['with the morning', '2026-11-12T09:00:00+08:00', 2],
    ['a second before noon', '2026-11-12T11:59:59+08:00', 2],
    ['at noon', '2026-11-12T12:00:00+08:00', 1],
    ['a second before the evening', '2026-11-13T17:59:59+08:00', 2],
    ['with the evening', '2026-11-13T18:00:00+08:00', 1],
    ['on a Saturday that is still Friday in New York', '2026-11-14T09:30:00+08:00', 1],
    ['at the end of a Sunday', '2026-11-15T23:59:59+08:00', 1],
    ['on the Monday after it', '2026-11-16T09:00:00+08:00', 2],
  ])('goes by the hour in yuan too: %s', (_, when, yuan) => {
    const flash = priceOf('deepseek', 'deepseek-flash', { language: 'zh-CN' });
    expect(costOf(flash, usage(million, 0), at(when))).toEqual([yuan, yuan]);
  });

  it.each([
    [16_000, 0.0192, 0.004],
    [16_001, 0.0256016, 0.0064],
    [32_000, 0.0512, 0.0064],
    [32_001, 0.064002, 0.008],
  ])(
    'goes by the length in yuan too, the whole of a question at the rates of its length: %d tokens',
    (tokens, read, written) => {
      const hunyuan = priceOf('hunyuan', 'hy3-preview', { region: 'cn' });
      expect(costOf(hunyuan, usage(tokens, 0))).toEqual([read, read]);
      const [low] = costOf(hunyuan, usage(tokens, 1000));
      expect(low).toBeCloseTo(read + written, 12);
    },
  );

  it('is unknown a token beyond the last length in yuan', () => {
    const ernie = priceOf('ernie', 'ernie-5.1');
    expect([32_000, 32_001, 128_000, 128_001].map((tokens) => costOf(ernie, usage(tokens, 0))[0])).toEqual([
      0.128,
      0.192006,
      0.768,
      null,
    ]);
  });

  it.each([
    [100_000, 0.01],
    [100_001, 0.0500005],
  ])('goes by the length of the whole prompt: %d tokens', (tokens, amount) => {
    expect(costOf(priceOf('anthropic', 'claude-haiku-5-5'), usage(tokens, 0))).toEqual([amount, amount]);
  });

  it.each([
    [272_000, 0.272],
    [272_001, 0.544002],
  ])('goes by the length at OpenAI too: %d tokens', (tokens, amount) => {
    expect(costOf(priceOf('openai', 'gpt-6.1-terra'), usage(tokens, 0))).toEqual([amount, amount]);
  });

  it('counts what was cached, went into the cache, was written and thought each at its own rate', () => {
    const opus = priceOf('anthropic', 'claude-opus-5-5');
    const counted = usage(10_000, 1000, { cachedTokens: 6000, cacheWriteTokens: 3000, thinkingTokens: 400 });
    // By hand: 1,000 at 4, 6,000 at 0.20, 3,000 at 5, 1,000 at 20 for a million.
    expect(costOf(opus, counted)).toEqual([0.0402, 0.0402]);
    const apart: Price = { ...opus, tiers: opus.tiers.map((tier) => ({ ...tier, thinking: 2 })) };
    expect(costOf(apart, counted)).toEqual([0.033, 0.033]);
  });

  it('is a range where it is not known what cached tokens cost', () => {
    const price = priceOf('doubao', 'doubao-seed-2-1-pro-260915', { region: 'cn' });
    expect(costOf(price, usage(million, 0, { cachedTokens: million / 2 }))).toEqual([3, 6]);
  });

  it('is unknown, and never nothing, without counts, beyond the last length, in another region, of another model', () => {
    const price = priceOf('doubao', 'doubao-seed-2-0-mini-260215', { region: 'cn' });
    expect(costOf(price, usage(32_001, 1))).toEqual([null, null]);
    const uncounted = { promptTokens: null, outputTokens: 3, cachedTokens: null };
    expect(cost(uncounted, price, at('2026-11-12'), {})).toBeNull();
    expect(priceOf('doubao', 'doubao-seed-2-0-mini-260215', { region: 'intl' })).toBeNull();
    expect(priceOf('openai', 'gpt-unheard-of')).toBeNull();
  });

  it('never counts more tokens than there were, however the parts were told', () => {
    const odd = usage(100, 10, { cachedTokens: 5000, cacheWriteTokens: 5000, thinkingTokens: 5000 });
    const [low, high] = costOf(priceOf('anthropic', 'claude-opus-5-5'), odd);
    expect(low).toBeGreaterThan(0);
    expect(high).toBeLessThanOrEqual((100 * 5 + 10 * 20) / million);
  });

  it('goes over midnight with the day on which it began', () => {
    const night: Price = {
      ...priceOf('deepseek', 'deepseek-flash'),
      hours: {
        zone: 'Asia/Shanghai',
        windows: [{ weekdays: [5], from: '22:00', to: '06:00' }],
        otherwise: [{ upToInput: null, input: 9, cached: 9, cacheWrite: null, output: 9, thinking: null }],
      },
    };
    const inputs = [
      '2026-11-13T22:00:00+08:00',
      '2026-11-14T05:59:00+08:00',
      '2026-11-14T06:00:00+08:00',
      '2026-11-13T05:00:00+08:00',
    ];
    expect(inputs.map((when) => costOf(night, usage(million, 0), at(when))[0])).toEqual([0.3, 0.3, 9, 9]);
  });
});

describe('the list of prices', () => {
  it('knows every provider and region that it names, and each row once', () => {
    const file = priceFileSchema.parse(data);
    for (const { provider, regions = [] } of file.prices) {
      const row = providers.find(({ id }) => id === provider);
      expect(row, provider).toBeDefined();
      for (const region of regions) expect(row?.regions.map(({ id }) => id)).toContain(region);
    }
    expect(new Set(file.prices.map(hashOf)).size).toBe(file.prices.length);
  });

  it('has every length once, in order', () => {
    for (const { tiers, model } of priceFileSchema.parse(data).prices) {
      const bounds = tiers.map(({ upToInput }) => upToInput ?? Number.POSITIVE_INFINITY);
      expect(bounds, model).toEqual(bounds.toSorted((one, other) => one - other));
    }
  });

  it('puts an own price before it, and tells rows apart by what they say', () => {
    const shipped = priceOf('openai', 'gpt-6-luna');
    const own: Price = { ...shipped, tiers: shipped.tiers.map((tier) => ({ ...tier, input: 7 })), source: 'mine' };
    const mine = new Prices(() => ({ holidays: {}, prices: [own] }));
    const charged = { provider: 'openai', host: 'h', region: null, model: 'gpt-6-luna', language: 'en' } as const;
    expect(mine.find(charged)?.source).toBe('mine');
    expect(hashOf(own)).not.toBe(hashOf(shipped));
    expect(hashOf({ ...shipped })).toBe(hashOf(shipped));
  });

  it('says of a price when it was seen long ago', () => {
    expect(isStale({ on: '2026-05-01' }, new Date('2026-11-30'))).toBe(true);
    expect(isStale({ on: '2026-11-10' }, new Date('2026-11-30'))).toBe(false);
  });
});
