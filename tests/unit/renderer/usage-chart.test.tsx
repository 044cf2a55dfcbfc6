import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../../locales/translator.ts';
import { BarChart, type BarChartProps } from '../../../renderer/window/usage/bar-chart.tsx';

const bar = (key: string, ...values: readonly number[]) => ({ key, name: `Day ${key}`, label: key, values });
const two: BarChartProps['series'] = [
  { name: 'stayed here', look: 'kept' },
  { name: 'were sent', look: 'line' },
];

function drawn(props: Pick<BarChartProps, 'bars' | 'series'>, language: 'en' | 'zh-CN' = 'en'): string {
  return renderToStaticMarkup(
    <I18nextProvider i18n={createTranslator(language)}>
      <BarChart title="Words by day" say={(value) => `${value} words`} {...props} />
    </I18nextProvider>,
  );
}

describe('a chart of usage', () => {
  it('is told by the keyboard: it says its last bar before any is chosen, and all of them as a table', () => {
    const html = drawn({ series: two, bars: [bar('1', 10, 0), bar('2', 30, 12)] });
    expect(html).toMatch(
      /role="slider" tabindex="0"[^>]*aria-valuetext="Day 2 · stayed here 30 words · were sent 12 words"/,
    );
    expect(html).toContain('<th scope="row">Day 1</th><td class="number">10 words</td><td class="number">0 words</td>');
    expect(drawn({ series: two, bars: [bar('1', 10, 0)] }, 'zh-CN')).toContain('以表格显示');
  });

  it('draws no part above its edge or below its ground, and none where there is nothing', () => {
    const html = drawn({ series: two, bars: [bar('1', 999, 1), bar('2', 0, 0), bar('3', 0.4, 0.2)] });
    const parts = [...html.matchAll(/class="(?:kept|line)" x="[^"]*" y="([^"]*)" width="[^"]*" height="([^"]*)"/g)];
    expect(parts.length).toBeGreaterThan(0);
    for (const [, y, tall] of parts) {
      expect(Number(y)).toBeGreaterThanOrEqual(0);
      expect(Number(y) + Number(tall)).toBeLessThanOrEqual(150);
    }
    expect(drawn({ series: two, bars: [bar('1', 0, 0)] })).not.toMatch(/class="(?:kept|line)" x=/);
  });

  it('has three labels at most, so that they fit however narrow it is, and no legend for one series', () => {
    const bars = Array.from({ length: 30 }, (_, at) => bar(String(at + 1), at));
    const html = drawn({ series: [{ name: 'Cost', look: 'full' }], bars });
    expect(html.match(/<div class="plot-labels[^>]*>(.*?)<\/div>/)?.[1]).toBe(
      '<span>1</span><span>15</span><span>30</span>',
    );
    expect(html).not.toContain('class="legend"');
  });
});
