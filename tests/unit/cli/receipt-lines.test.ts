import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../../cli/drawing/cells.ts';
import { textOf } from '../../../cli/drawing/pieces.ts';
import { otelLine } from '../../../cli/otel-line.ts';
import { receiptLines } from '../../../cli/receipt-lines.ts';
import { createCliWords } from '../../../cli/words.ts';
import type { ReceiptRow } from '../../../contract/receipt-log.ts';

const row: ReceiptRow = {
  ...{ id: 'e-1', beganAt: Date.UTC(2026, 10, 30, 12), settledAt: Date.UTC(2026, 10, 30, 12, 0, 4), purpose: 'answer' },
  ...{
    state: 'arrived',
    host: 'api.deepseek.com',
    place: 'outside',
    modelId: 'server:s-1:m',
    modelName: 'deepseek-flash',
  },
  ...{ action: 'summarise', reason: null, hidden: 2, sha256: 'ab', requests: 1, sentBytes: 900, words: 90 },
  ...{ promptTokens: 412, cachedTokens: 12, outputTokens: 98, thinkingTokens: null, reserved: null, error: null },
  cost: { currency: 'CNY', low: 0.0046, high: 0.0046, row: 'abc', on: '2026-11-15' },
};
const device: ReceiptRow = { ...row, place: 'device', host: '', modelName: 'Qwen2.5 1.5B', cost: null };
const hostile = `m\u202e\u001b[31m\n${'很长的名字'.repeat(40)}`;

const day = 24 * 60 * 60 * 1000;

describe('receipts in a terminal', () => {
  it.each(
    ['en_US.UTF-8', 'zh_CN.UTF-8'].flatMap((language) => [0, 1, 40, 800].map((days) => [language, days] as const)),
  )(
    'are a line each of 80 columns at most, in which their end is whole, whatever a model is called: %s, %i days ago',
    (language, days) => {
      const beganAt = Date.now() - days * day;
      const words = createCliWords({ LANG: language, BECKON_PROFILE: '/nowhere' });
      const rows = [
        { ...row, beganAt },
        { ...device, beganAt },
        { ...row, beganAt, modelName: hostile, host: `${'h'.repeat(300)}.example` },
        { ...row, beganAt, state: 'unknown' },
      ] as const;
      const lines = receiptLines(rows, words, 80).map(textOf);
      for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(80);
      for (const sign of ['\n', '\u202e', '\u001b']) expect(lines.join('')).not.toContain(sign);
      expect(lines[0]).toMatch(/deepseek-f\S+ +api\.deepseek?\S+ +412 → 98 +¥0\.0046/);
      expect(lines[3]).toContain(language.startsWith('zh') ? '可能已经发出' : 'may have been sent');
    },
  );

  it('say of an answer from elsewhere that its price is not known, and nothing of one from here', () => {
    const words = createCliWords({ LANG: 'en_US.UTF-8', BECKON_PROFILE: '/nowhere' });
    const [elsewhere, here] = receiptLines([{ ...row, cost: null }, device], words, null).map(textOf);
    expect(elsewhere).toContain('price unknown');
    expect(here).not.toContain('unknown');
  });
});

describe('receipts by the names of OpenTelemetry', () => {
  it('have what is known of a call, and leave out what is not', () => {
    expect(otelLine(row)).toMatchObject({
      ...{ name: 'chat deepseek-flash', start_time: '2026-11-30T12:00:00.000Z', end_time: '2026-11-30T12:00:04.000Z' },
      attributes: {
        ...{ 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'api.deepseek.com' },
        ...{
          'gen_ai.usage.input_tokens': 412,
          'gen_ai.usage.cache_read.input_tokens': 12,
          'server.address': 'api.deepseek.com',
        },
        'beckon.cost.high': 0.0046,
      },
    });
    const { attributes } = otelLine(device) as { attributes: object };
    expect(Object.keys(attributes)).not.toContain('server.address');
    expect(otelLine({ ...row, beganAt: Number.MAX_VALUE })).toMatchObject({ start_time: null });
  });
});
