import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry, Receipt } from '../../contract/receipt.ts';
import type { SettingsPatch } from '../../contract/settings.ts';
import { Conversations } from '../../core/conversations/conversations.ts';
import { openDatabase } from '../../core/database/open-database.ts';
import { Receipts } from '../../core/receipts/receipts.ts';
import type { StateWords } from '../demo/state-words.ts';
import { checkout } from './beckon-app.ts';
import { writeChats } from './chat-file.ts';

const dayMs = 86_400_000;
const away = { address: 'https://api.deepseek.com', host: 'api.deepseek.com', model: 'deepseek-flash' };
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** Settings of somebody who also asks a provider, with a budget. */
export const paidSettings: SettingsPatch = {
  servers: [
    {
      ...{ id: 'cloud', address: away.address, label: 'DeepSeek', models: [away.model], keyKept: 'none' as const },
      ...{ provider: 'deepseek', region: 'global' },
    },
  ],
  budget: { currency: 'CNY', day: 1, month: 20, yuanPerDollar: 7.2, unknownPrices: 'refuse' },
};

/** Fills a profile with a month of answers, here and elsewhere, a text with passages, actions that add to files and what was agreed to. */
export function fillUsed(profile: string, words: StateWords): void {
  writeChats(profile, [passageChat(words)]);
  writeReceipts(profile, words);
  const atoms = join(profile, 'atoms');
  mkdirSync(atoms, { mode: 0o700, recursive: true });
  writeFileSync(join(atoms, 'minutes.json'), JSON.stringify(minutes));
  writeFileSync(join(atoms, 'visit.json'), JSON.stringify(visit));
  const grants = [minutes, visit].map(({ id, name }, at) => ({
    ...{ id: `g-${at}`, actionId: id, name, file: ['actions.md', 'visited.md'][at], does: hashOf(id) },
    at: Date.now() - (at + 2) * dayMs,
  }));
  writeFileSync(join(profile, 'grants.json'), JSON.stringify({ grants: 1, list: grants }), { mode: 0o600 });
}

const common = { atom: 2, input: 'selection', output: 'show' } as const;
/** Each kind of edge that labels speak of: what is sent, and what is added to a file. */
const minutes = {
  ...{ ...common, id: 'minutes', name: { en: 'Minutes to actions', 'zh-CN': '会议记录变待办' } },
  steps: [
    { do: 'prompt', prompt: { en: 'Every task, who does it, by when.', 'zh-CN': '每件事，谁做，什么时候。' } },
    { do: 'split', at: 'lines' },
    { do: 'join', mark: 'bullet' },
    { do: 'append-file', file: 'actions.md' },
  ],
  examples: [{ input: 'Anna sends the minutes by Friday.', has: ['Anna'] }],
};
const visit = {
  ...{ ...common, id: 'visit', name: { en: 'Visit and note', 'zh-CN': '打开并记下' } },
  steps: [
    { do: 'prompt', prompt: { en: 'Which link is meant?', 'zh-CN': '说的是哪个链接？' } },
    { do: 'extract', what: 'links' },
    { do: 'join', with: ' ' },
    { do: 'open-link' },
  ],
};

function passageChat(words: StateWords) {
  const text = words.notice;
  const path = join(checkout, 'tests', 'corpus', 'documents', 'lighthouse-en.pdf');
  const sections = [{ start: 0, locator: { unit: 'page' as const, first: 2, last: 2 } }];
  const attachment = {
    ...{ kind: 'file' as const, text, application: null, title: 'notice.pdf', targetId: null, editable: false },
    ...{ needsFocus: false, positions: { unit: 'page' as const, read: 12, total: 12, sections } },
    origin: { path, bytes: 1, modifiedMs: 1 },
  };
  return { title: words.summarise, answer: words.summary, attachments: [attachment], ago: 3_600_000 };
}

const tokens = { promptTokens: 640, cachedTokens: 128, outputTokens: 210, contextTokens: 900 };
const cost = (amount: number) => ({
  ...{ currency: 'CNY' as const, low: amount, high: amount, row: hashOf('row'), on: '2026-11-20' },
});
const entryHere: Entry = {
  ...{ where: 'device', host: null, modelId: 'qwen2.5-1.5b', modelName: 'Qwen2.5 1.5B' },
  ...{ ...tokens, droppedMessages: 0, ms: 2100 },
};
const entryAway: Entry = {
  ...{ where: 'server', host: away.host, modelId: away.model, modelName: away.model },
  ...{ ...tokens, droppedMessages: 0, hidden: 5, ms: 4100, cost: cost(0.0046) },
};

/** Answers of three weeks; time is set back for each, since a line is written down as of now. */
function writeReceipts(profile: string, words: StateWords): void {
  const { database } = openDatabase(join(profile, 'beckon.db'));
  const conversations = new Conversations(database, () => {});
  const receipts = new Receipts(database, { write: () => {} });
  const { now } = Date;
  try {
    for (let day = 20; day >= 0; day -= 1)
      for (let one = 0; one <= day % 3; one += 1) {
        const at = now() - day * dayMs - (3 - one) * 600_000;
        Date.now = () => at;
        const isAway = (day + one) % 2 === 0;
        const entries = isAway ? [entryHere, entryAway] : [entryHere];
        const { answerId } = conversations.ask(null, words.question, null, { attachments: [], action: null });
        const receipt: Receipt = {
          ...{ entries, basis: { type: 'whole' }, firstTextMs: 900, wordsPerSecond: 18, tokensPerSecond: 24 },
          reason: { type: 'chosen' },
        };
        conversations.updateAnswer(answerId, {
          ...{ thinking: '', error: null, state: 'complete', text: words.answer, receipt },
        });
        const words_ = () => 320 + 90 * (day % 4);
        receipts.addLocal(answerId, [{ entry: entryHere, endedAt: at, words: words_ }]);
        if (isAway) sendAway(receipts, answerId, at, 0.02 + (day % 5) * 0.09);
      }
  } finally {
    Date.now = now;
  }
  conversations.dispose();
  database.close();
}

function sendAway(receipts: Receipts, messageId: string, at: number, amount: number): void {
  const body = { sha256: hashOf(messageId), bytes: 3480 };
  const to = {
    ...{ serverId: 'cloud', address: away.address, modelId: away.model, modelName: away.model },
    ...{ origin: away.address, host: away.host, place: 'outside' as const },
  };
  const money = { currency: 'CNY' as const, amount: 0.9 };
  const id = receipts.begin({
    purpose: 'answer',
    to,
    messageId,
    hidden: 5,
    body,
    price: cost(amount),
    reserved: money,
  });
  Date.now = () => at + 4100;
  receipts.settle(id, {
    ...{ state: 'arrived', requests: 1, sentBytes: body.bytes, bodies: [body], error: null },
    ...{ promptTokens: 640, cachedTokens: 128, outputTokens: 210, words: 412, cost: cost(amount) },
  });
}
