import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { summed } from '../../../cli/summed-receipt.ts';
import { messageSchema } from '../../../contract/conversation.ts';
import { type Receipt, receiptSchema } from '../../../contract/receipt.ts';
import { Conversations } from '../../../core/conversations/conversations.ts';
import { migrations } from '../../../core/database/migrations.ts';
import { openDatabase } from '../../../core/database/open-database.ts';
import { readReceipt } from '../../../core/read-receipt.ts';
import { createTranslator } from '../../../locales/translator.ts';
import { ReceiptLine } from '../../../renderer/answer/receipt.tsx';

const device = {
  ...{ where: 'device', host: null, modelId: 'm', modelName: 'M', promptTokens: 1, cachedTokens: 0, outputTokens: 1 },
  ...{ contextTokens: 2, firstTextMs: 340, wordsPerSecond: 4.5, tokensPerSecond: 5, droppedMessages: 0 },
};
const server = {
  ...{ ...device, where: 'server', host: 'api.example', cachedTokens: null, contextTokens: null },
  ...{ firstTextMs: null, wordsPerSecond: null },
};
const places = [
  {
    name: 'report.pdf',
    places: [
      { unit: 'page', first: 16, last: 18 },
      { unit: 'page', first: 30, last: 30 },
    ],
    total: 40,
  },
  { name: null, places: [{ unit: 'line', first: 3, last: 3 }], total: 9 },
];

/** What versions before wrote with an answer, and the line that they showed of it. */
const old: readonly (readonly [object, string, string])[] = [
  [
    device,
    'On this device · M · 0.3 s to first word · 4.5 words/s · ¥0',
    '在本机运行 · M · 0.3 秒出首字 · 4.5 字/秒 · ¥0',
  ],
  [server, 'Sent to api.example · M', '已发送到 api.example · M'],
  [
    { ...device, droppedMessages: 2 },
    'On this device · M · 0.3 s to first word · 4.5 words/s · ¥0 · 2 earlier messages left out',
    '在本机运行 · M · 0.3 秒出首字 · 4.5 字/秒 · ¥0 · 略去了更早的 2 条消息',
  ],
  [
    { ...device, droppedMessages: 1, lostTexts: 1 },
    'On this device · M · 0.3 s to first word · 4.5 words/s · ¥0 · 1 earlier message left out · without the earlier text',
    '在本机运行 · M · 0.3 秒出首字 · 4.5 字/秒 · ¥0 · 略去了更早的 1 条消息 · 未再参考之前的 1 份文本',
  ],
  [
    { ...device, lostTexts: 3 },
    'On this device · M · 0.3 s to first word · 4.5 words/s · ¥0 · without the 3 earlier texts',
    '在本机运行 · M · 0.3 秒出首字 · 4.5 字/秒 · ¥0 · 未再参考之前的 3 份文本',
  ],
  [
    { ...device, droppedMessages: 1, coverage: { read: 3, total: 5 } },
    'On this device · M · 0.3 s to first word · 4.5 words/s · ¥0 · 3 of 5 parts · 1 earlier message left out',
    '在本机运行 · M · 0.3 秒出首字 · 4.5 字/秒 · ¥0 · 已读 3 / 5 部分 · 略去了更早的 1 条消息',
  ],
  [
    { ...server, droppedMessages: 1, places },
    'Sent to api.example · M · report.pdf: from pages 16–18, 30 of 40 · from line 3 of 9 · 1 earlier message left out',
    '已发送到 api.example · M · report.pdf: 依据第 16–18, 30 页（共 40 页） · 依据第 3 行（共 9 行） · 略去了更早的 1 条消息',
  ],
  [{ ...server, host: null }, 'Sent to  · M', '已发送到  · M'],
];

function lineOf(receipt: Receipt, language: 'en' | 'zh-CN'): string {
  const line = (
    <I18nextProvider i18n={createTranslator(language)}>
      <ReceiptLine receipt={receipt} />
    </I18nextProvider>
  );
  return renderToStaticMarkup(line).replaceAll(/<[^>]+>/g, '');
}

describe('a receipt that was stored before there were entries', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-old-receipts-'));
    path = join(folder, 'beckon.db');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(version: number): void {
    const { database } = openDatabase(path, { migrations: migrations.slice(0, version) });
    database.exec("INSERT INTO conversations VALUES ('c-1', 'Old', 1, 1, NULL)");
    const insert = database.prepare(
      "INSERT INTO messages (id, conversation_id, position, role, text, state, receipt, created_at) VALUES (?, 'c-1', ?, 'assistant', 'text', 'complete', ?, 5)",
    );
    for (const [position, [receipt]] of old.entries()) insert.run(`m-${position}`, position, JSON.stringify(receipt));
    database.close();
  }

  it.each([5, 7])('says on the page and in the cli what it said, from a file of version %i', (version) => {
    write(version);
    const { database } = openDatabase(path);
    const conversations = new Conversations(database, () => {});
    const { messages } = conversations.get('c-1');
    for (const [index, [receipt, en, zh]] of old.entries()) {
      const message = messages[index];
      expect(messageSchema.safeParse(message).success).toBe(true);
      if (message?.receipt == null) throw new Error(`no receipt: ${JSON.stringify(receipt)}`);
      expect([lineOf(message.receipt, 'en'), lineOf(message.receipt, 'zh-CN')]).toEqual([en, zh]);
      expect(summed(message.receipt)).toEqual(receipt);
      expect(Object.keys(summed(message.receipt) ?? {})).toEqual(Object.keys(receipt));
    }
    conversations.dispose();
    database.close();
  });

  it.each([
    ['{"where":"server","host":["a"],"modelId":5,"promptTokens":"many","outputTokens":{}}', 'server'],
    ['{"where":"device","coverage":"all","places":[1],"lostTexts":"x"}', 'device'],
  ])('says where its text went although the rest of it is damaged: %s', (stored, where) => {
    const receipt = readReceipt(stored);
    expect(receiptSchema.safeParse(receipt).success).toBe(true);
    expect(receipt).toMatchObject({ entries: [{ where, promptTokens: null }], basis: { type: 'whole' } });
  });

  it.each(['{"where":"server","host":"api', '[1,2]', '{"where":"elsewhere"}', '5', 'null', null, 7])(
    'is none where nothing says where its text went: %s',
    (stored) => {
      expect(readReceipt(stored)).toBeNull();
    },
  );
});

describe('a receipt with entries', () => {
  it('is read as it was written', () => {
    const call = { ...device, ms: 12 } as const;
    const { where: _where, firstTextMs, wordsPerSecond, tokensPerSecond, ...rest } = call;
    const entry = { ...rest, where: 'device' as const };
    const receipt: Receipt = {
      ...{ entries: [entry, entry], basis: { type: 'parts', read: 1, total: 2 } },
      ...{ firstTextMs, wordsPerSecond, tokensPerSecond },
    };
    expect(readReceipt(JSON.stringify(receipt))).toEqual(receipt);
    expect(summed(receipt)).toMatchObject({ promptTokens: 2, outputTokens: 2, coverage: { read: 1, total: 2 } });
  });
});
