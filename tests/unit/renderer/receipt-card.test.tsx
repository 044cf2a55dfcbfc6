import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { describe, expect, it } from 'vitest';
import type { Receipt } from '../../../contract/receipt.ts';
import type { AnswerReceipt, ToldCall } from '../../../contract/receipt-log.ts';
import { createTranslator } from '../../../locales/translator.ts';
import { CallFacts } from '../../../renderer/receipt/call-facts.tsx';
import { asJson, shownCalls } from '../../../renderer/receipt/shown-calls.ts';

function read(view: ReactNode): readonly string[] {
  return (['en', 'zh-CN'] as const).map((language) => {
    const html = renderToStaticMarkup(<I18nextProvider i18n={createTranslator(language)}>{view}</I18nextProvider>);
    return html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
  });
}

const sha256 = '9f31c07a'.repeat(8);
const cloud: ToldCall = {
  ...{ id: 'e-1', beganAt: Date.UTC(2026, 10, 30, 6, 20), settledAt: Date.UTC(2026, 10, 30, 6, 20, 4), action: null },
  ...{
    purpose: 'answer',
    state: 'arrived',
    host: 'api.deepseek.com',
    place: 'outside',
    modelId: 'server:s:deepseek-flash',
  },
  ...{ modelName: 'deepseek-flash', reason: 'chosen', hidden: 5, sha256, requests: 2, sentBytes: 4120, words: 412 },
  ...{ promptTokens: 900, cachedTokens: 300, outputTokens: 120, thinkingTokens: 40, reserved: null, error: null },
  cost: { currency: 'CNY', low: 0.0046, high: 0.0046, row: 'a1b2c3d4e5f60718', on: '2026-11-20' },
  label: 'DeepSeek',
  policy: { retentionDays: null, training: 'yes', control: 'none', on: '2026-11-01' },
};
const here: ToldCall = {
  ...{ ...cloud, id: 'e-2', host: '', place: 'device', modelName: 'Qwen2.5 1.5B', hidden: 0, sha256: null },
  ...{ requests: null, sentBytes: null, cost: null, label: null, policy: null },
};
const receipt: Receipt = {
  entries: [
    {
      ...{ where: 'server', host: 'api.example', modelId: 'm', modelName: 'M', promptTokens: 7, cachedTokens: null },
      ...{ outputTokens: 2, contextTokens: null, droppedMessages: 0, hidden: 1, ms: 900 },
    },
  ],
  ...{ basis: { type: 'whole' as const }, firstTextMs: null, wordsPerSecond: null, tokensPerSecond: null },
};
const nothing: AnswerReceipt = { calls: [], pseudonyms: [], lines: [] };

describe('a call in a receipt', () => {
  it('that left says who got how much of what, at which price, and who may keep it', () => {
    const [en, zh] = read(<CallFacts call={cloud} />);
    for (const said of ['DeepSeek', 'api.deepseek.com', 'deepseek-flash', '4,120 bytes in 2 requests', sha256])
      expect(en).toContain(said);
    for (const said of ['5 pseudonyms in it', '900 in · 300 cached · 120 out · 40 thinking', '¥0.0046', 'a1b2c3d4e5f6'])
      expect(en).toContain(said);
    expect(en).toMatch(/seen 2026-11-20.*May keep it .*Began .*Ended /);
    expect(zh).toContain('含 5 处化名');
    expect(zh).toContain('读入 900 · 缓存 300 · 写出 120 · 思考 40');
  });

  it('that stayed says so and costs nothing, and names no host, hash or keeper', () => {
    const [en, zh] = read(<CallFacts call={here} />);
    expect(en).toMatch(/This device ¥0/);
    expect(en).not.toMatch(/Host|Fingerprint|May keep it|Price/);
    expect(zh).toMatch(/本机 ¥0/);
  });

  it('of which no price or end is known says that, and never nothing', () => {
    const open: ToldCall = { ...cloud, cost: null, settledAt: null, state: 'unknown', error: 'server/unreachable' };
    const [en] = read(<CallFacts call={{ ...open, reserved: { currency: 'CNY', amount: 0.05 } }} />);
    expect(en).toMatch(/DeepSeek not known/);
    expect(en).toMatch(/at most ¥0.05, set aside.*may have been sent.*server\/unreachable.*nobody saw its end/);
  });

  it('shows the hidden characters of a name, and no more of it than a line', () => {
    const [en] = read(<CallFacts call={{ ...cloud, label: `\u202e${'x'.repeat(300)}` }} />);
    expect(en).toContain('⟨202E⟩');
    expect(en).not.toContain('x'.repeat(90));
  });
});

describe('a receipt', () => {
  it('of an answer from before there was a log is made from what stands with the answer', () => {
    expect(shownCalls(receipt, nothing)).toMatchObject([
      { host: 'api.example', hidden: 1, promptTokens: 7, beganAt: 0 },
    ]);
    expect(shownCalls(receipt, { ...nothing, calls: [cloud] })).toEqual([cloud]);
  });

  it('is copied with its lines of the log, and without what pseudonyms stand for', () => {
    const secret = 'li.hua@example.com';
    const lines = ['{"hash":"ab","record":{"n":1}}'];
    const copied = asJson('m-1', receipt, {
      calls: [cloud],
      pseudonyms: [{ pseudonym: '[EMAIL-Q2ABCD]', secret }],
      lines,
    });
    expect(JSON.parse(copied)).toEqual({
      answer: 'm-1',
      receipt,
      calls: [cloud],
      log: [{ hash: 'ab', record: { n: 1 } }],
    });
    expect(copied).not.toContain(secret);
  });
});
