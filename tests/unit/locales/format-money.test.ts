import { describe, expect, it } from 'vitest';
import type { ProviderRow } from '../../../contract/provider.ts';
import { toProviderRow } from '../../../core/servers/provider-rows.ts';
import { formatCost, formatMoney, sumCosts } from '../../../locales/format-money.ts';
import { sayPolicy } from '../../../locales/say-policy.ts';
import { createTranslator } from '../../../locales/translator.ts';
import { Prices } from '../../../models/prices/prices.ts';
import { providers } from '../../../models/providers/provider.ts';
import { sayPrice, sayPriceSource } from '../../../renderer/window/say-provider.ts';

describe('an amount of money', () => {
  it.each([
    [0, '$0'],
    [0.00025, '$0.00025'],
    [0.000123456, '$0.000123'],
    [0.0402, '$0.0402'],
    [0.5, '$0.5'],
    [1.5, '$1.50'],
    [12.3456, '$12.35'],
    [1234.5, '$1234.50'],
    [1e-9, '$0.000000001'],
  ])('has three digits that say something, and never an exponent: %d', (amount, said) => {
    expect(formatMoney(amount, 'USD')).toBe(said);
  });

  it('is a range where it is open, and one number where both ends read the same', () => {
    expect(formatCost({ currency: 'CNY', low: 0.0023, high: 0.0046 })).toBe('¥0.0023–0.0046');
    expect(formatCost({ currency: 'USD', low: 0.1, high: 0.1000001 })).toBe('$0.1');
  });

  it('is summed in each currency by itself, without what is not known', () => {
    const costs = [
      { currency: 'USD', low: 1, high: 2 },
      undefined,
      { currency: 'USD', low: 1, high: 1 },
      { currency: 'CNY', low: 3, high: 3 },
    ] as const;
    expect(sumCosts(costs)).toEqual(['¥3.00', '$2.00–3.00']);
    expect(sumCosts([undefined])).toEqual([]);
  });
});

describe('what is said of a provider', () => {
  const prices = new Prices();
  const rows = providers.map((provider) =>
    toProviderRow(provider, [], (model, region) =>
      prices.shown({ provider: provider.id, host: '', region, model, language: 'zh-CN' }),
    ),
  );
  const of = (id: string) => rows.find((row) => row.id === id) as ProviderRow;

  it.each(['en', 'zh-CN'] as const)(
    'has words for every row, and says of what is not known that it is not: %s',
    (language) => {
      const translator = createTranslator(language);
      const t = translator.getFixedT(language, 'window');
      for (const row of rows) {
        for (const said of [sayPolicy(t, row), ...row.models.map(({ price }) => sayPrice(t, price))]) {
          expect(said).not.toMatch(/providers\.|\{\{|undefined|…/);
          expect(said.length).toBeGreaterThan(1);
        }
      }
      expect(sayPolicy(t, of('kimi'))).toMatch(/Not stated|没有写明/);
      expect(sayPolicy(t, of('kimi'), 'whole')).toMatch(/Not known who|未知/);
      expect(sayPrice(t, of('glm').models.find(({ id }) => id === 'glm-5.2')?.price ?? null)).toMatch(/not known|未知/);
    },
  );

  it('names the day of a price that is old, and a range where the hour decides', () => {
    const t = createTranslator('en').getFixedT('en', 'window');
    expect(sayPriceSource(t, of('ernie').models.find(({ id }) => id === 'ernie-5.1')?.price ?? null)).toContain(
      '2026-05-01',
    );
    expect(sayPrice(t, of('deepseek').models[0]?.price ?? null)).toMatch(/^¥[\d.]+–[\d.]+$/);
  });

  // $0.000345, $0.000319 and ¥0.015 stood under each other, and nobody could tell which was more.
  it('says a price with two figures, for as many questions as make it readable', () => {
    const t = createTranslator('en').getFixedT('en', 'window');
    const said = rows.flatMap(({ models }) => models.map(({ price }) => sayPrice(t, price)));
    const figures = said.flatMap((words) => words.match(/[\d.]+/g) ?? []);
    expect(figures.length).toBeGreaterThan(20);
    for (const figure of figures)
      expect(
        figure
          .replace(/^[0.]+/, '')
          .replace('.', '')
          .replace(/0+$/, '').length,
        figure,
      ).toBeLessThan(3);
  });
});
