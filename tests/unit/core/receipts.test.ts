import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { summed } from '../../../cli/summed-receipt.ts';
import type { AppErrorShape } from '../../../contract/errors.ts';
import type { Entry, Receipt } from '../../../contract/receipt.ts';
import { Conversations } from '../../../core/conversations/conversations.ts';
import { careFor } from '../../../core/database/care.ts';
import { migrations } from '../../../core/database/migrations.ts';
import { openDatabase } from '../../../core/database/open-database.ts';
import { Receipts } from '../../../core/receipts/receipts.ts';
import type { Destination } from '../../../core/sending/destination.ts';
import type { NewEntry, Settlement } from '../../../core/sending/receipt-book.ts';
import { breakPage, breakTable } from '../../support/broken-pages.ts';

const to: Destination = {
  ...{ serverId: 's-1', address: 'https://api.example/v1', origin: 'https://api.example', host: 'api.example' },
  ...{ place: 'outside', modelId: 'server:s-1:m', modelName: 'm' },
};
const arrived: Settlement = {
  ...{ state: 'arrived', requests: 1, sentBytes: 120, promptTokens: 7, outputTokens: 2, error: null },
};
const sentEntry: Entry = {
  ...{ where: 'server', host: 'api.example', modelId: 'server:s-1:m', modelName: 'm', promptTokens: 7 },
  ...{ cachedTokens: null, outputTokens: 2, contextTokens: null, droppedMessages: 0, ms: null },
};
/** As it was stored until version 7. */
const receipt = (patch: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({
  ...{ where: 'server', host: 'api.example', modelId: 'server:s-1:m', modelName: 'm', promptTokens: 7 },
  ...{ cachedTokens: null, outputTokens: 2, contextTokens: null, firstTextMs: 5, wordsPerSecond: 1 },
  ...{ tokensPerSecond: 2, droppedMessages: 0, ...patch },
});

describe('the receipts of what left', () => {
  let folder: string;
  let path: string;
  let open: ReturnType<typeof openDatabase>;
  const logged: string[] = [];
  const log = { write: (event: string) => void logged.push(event) };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-receipts-'));
    path = join(folder, 'beckon.db');
    open = openDatabase(path);
    logged.length = 0;
  });
  afterEach(() => {
    open.database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const reopen = () => {
    open.database.close();
    open = openDatabase(path);
    return new Receipts(open.database, log);
  };
  const states = () =>
    open.database
      .prepare('SELECT message_id, state FROM receipts ORDER BY rowid')
      .all()
      .map(({ message_id: messageId, state }) => [messageId, state]);
  function chats() {
    const receipts = new Receipts(open.database, log);
    const conversations = new Conversations(
      open.database,
      () => {},
      () => {},
      null,
      (id) => receipts.ofConversation(id),
    );
    const ids = conversations.ask(null, 'Why?', null);
    const entry: NewEntry = { purpose: 'answer', to, messageId: ids.answerId };
    const end = (state: 'stopped' | 'cut' | 'failed', error: AppErrorShape | null = null) =>
      conversations.updateAnswer(ids.answerId, { text: '', thinking: '', state, error, receipt: null });
    const answer = () => conversations.get(ids.conversationId).messages.at(-1);
    return { receipts, conversations, ids, entry, end, answer };
  }

  it('say that it may have been sent when the core that was sending it has died', () => {
    const { receipts, entry, ids } = chats();
    receipts.settle(receipts.begin(entry), arrived);
    receipts.begin(entry);
    reopen();
    expect(states()).toEqual([
      [ids.answerId, 'arrived'],
      [ids.answerId, 'unknown'],
    ]);
  });

  it('are shown with an answer that was broken off before it had one of its own', () => {
    const { receipts, entry, answer, ids } = chats();
    receipts.begin(entry);
    expect(answer()?.receipt).toBeNull();
    const next = reopen();
    const conversations = new Conversations(
      open.database,
      () => {},
      undefined,
      null,
      (id) => next.ofConversation(id),
    );
    expect(conversations.get(ids.conversationId).messages.at(-1)).toMatchObject({
      state: 'cut',
      receipt: { entries: [{ where: 'server', host: 'api.example', modelName: 'm' }], firstTextMs: null },
    });
    conversations.dispose();
  });

  it('are shown with an answer that was stopped before its first word, and not where nothing arrived', () => {
    const { receipts, entry, end, answer } = chats();
    receipts.settle(receipts.begin(entry), { ...arrived, state: 'failed', sentBytes: 0, error: 'offline/locked' });
    end('stopped');
    expect(answer()?.receipt).toBeNull();
    receipts.settle(receipts.begin(entry), { ...arrived, state: 'cancelled', sentBytes: 0 });
    expect(answer()?.receipt).toMatchObject({ entries: [{ host: 'api.example' }] });
  });

  it('leave an answer as it is whose error names the server itself, and one with a receipt of its own', () => {
    const { receipts, entry, end, answer, conversations, ids } = chats();
    receipts.settle(receipts.begin(entry), { ...arrived, state: 'failed', error: 'server/busy' });
    end('failed', { code: 'server/busy', message: '', values: { host: 'api.example' } });
    expect(answer()?.receipt).toBeNull();
    const sent = { ...sentEntry, cachedTokens: 3, ms: 70 };
    const basis = { type: 'whole' } as const;
    const own: Receipt = { entries: [sent], basis, firstTextMs: 5, wordsPerSecond: 9, tokensPerSecond: 2 };
    conversations.updateAnswer(ids.answerId, { text: 'A', thinking: '', state: 'complete', error: null, receipt: own });
    expect(answer()?.receipt).toEqual(own);
  });

  it('outlive the chat they were for, and hold nothing of what it said', () => {
    const { receipts, entry, ids } = chats();
    receipts.settle(receipts.begin(entry), arrived);
    open.database.prepare('DELETE FROM conversations WHERE id = ?').run(ids.conversationId);
    expect(states()).toEqual([[null, 'arrived']]);
    expect(JSON.stringify(open.database.prepare('SELECT * FROM receipts').all())).not.toContain('Why?');
    receipts.begin(entry);
    expect(states()).toEqual([
      [null, 'arrived'],
      [null, 'sending'],
    ]);
  });

  it('that could not be settled are settled with the next one, and say until then that it may have been sent', () => {
    const { receipts, entry } = chats();
    const id = receipts.begin(entry);
    open.database.exec('ALTER TABLE receipts RENAME TO away');
    receipts.settle(id, arrived);
    open.database.exec('ALTER TABLE away RENAME TO receipts');
    expect([states().at(-1)?.[1], logged]).toEqual(['sending', ['receipt-put-off']]);
    receipts.begin(entry);
    expect(states().map(([, state]) => state)).toEqual(['arrived', 'sending']);
  });

  describe('of answers from before there was a table', () => {
    const old: readonly (readonly [string, string, string | null])[] = [
      ['m-server', 'complete', JSON.stringify(receipt())],
      ['m-stopped', 'stopped', JSON.stringify(receipt({ promptTokens: null }))],
      ['m-cut', 'cut', JSON.stringify(receipt({ host: null }))],
      ['m-device', 'complete', JSON.stringify(receipt({ where: 'device', host: null }))],
      ['m-none', 'failed', null],
      ['m-broken', 'complete', '{"where":"server","host":"api'],
      ['m-strange', 'complete', '{"where":"server","host":["a"],"modelId":5,"promptTokens":"many","outputTokens":{}}'],
      ['m-list', 'complete', '[1,2]'],
    ];

    function write(version: number): void {
      open.database.close();
      rmSync(path);
      const before = openDatabase(path, { migrations: migrations.slice(0, version) });
      before.database.exec("INSERT INTO conversations VALUES ('c-1', 'Old', 1, 1, NULL)");
      const insert = before.database.prepare(
        "INSERT INTO messages (id, conversation_id, position, role, text, state, receipt, created_at) VALUES (?, 'c-1', ?, 'assistant', 'text', ?, ?, 5)",
      );
      for (const [position, [id, state, json]] of old.entries()) insert.run(id, position, state, json);
      before.database.close();
      open = openDatabase(path);
    }

    it.each([1, 3, 6])('are entries too, made from a file of version %i, and stay where they are', (version) => {
      write(version);
      const rows = open.database.prepare('SELECT * FROM receipts ORDER BY message_id').all();
      expect(rows.map(({ message_id: id, state, host }) => [id, state, host])).toEqual([
        ['m-cut', 'failed', ''],
        ['m-server', 'arrived', 'api.example'],
        ['m-stopped', 'cancelled', 'api.example'],
        ['m-strange', 'arrived', '["a"]'],
      ]);
      expect(rows[1]).toMatchObject({ prompt_tokens: 7, output_tokens: 2, began_at: 5, purpose: 'answer' });
      const kept = open.database.prepare('SELECT id, receipt FROM messages ORDER BY number').all();
      expect(kept.map(({ id, receipt: json }) => [id, json])).toEqual(old.map(([id, , json]) => [id, json]));
      const conversations = new Conversations(open.database, () => {});
      const read = conversations.get('c-1').messages[0]?.receipt;
      expect(read == null ? null : summed(read)).toEqual(receipt());
      conversations.dispose();
    });

    it('are entries too where such a file has to be read over', () => {
      open.database.close();
      rmSync(path);
      const before = openDatabase(path, { migrations: migrations.slice(0, 6) });
      before.database.exec(`INSERT INTO conversations VALUES ('c-1', 'Old', 1, 1, NULL);
        INSERT INTO messages (id, conversation_id, position, role, text, state, receipt, created_at)
        VALUES ('m-1', 'c-1', 1, 'assistant', 'text', 'complete', '${JSON.stringify(receipt())}', 5)`);
      before.database.close();
      open = openDatabase(path, { isDamaged: true });
      expect(states()).toEqual([['m-1', 'arrived']]);
    });

    it('are not made twice by a salvage, which keeps the entries there are and those of chats that are gone', () => {
      write(6);
      const receipts = new Receipts(open.database, log);
      receipts.settle(receipts.begin({ purpose: 'trial', to, messageId: null }), arrived);
      receipts.settle(receipts.begin({ purpose: 'answer', to, messageId: 'm-none' }), arrived);
      open.database.prepare("DELETE FROM messages WHERE id = 'm-stopped'").run();
      const columns = 'id, message_id, purpose, state, host, place, requests, sent_bytes, prompt_tokens';
      const before = open.database.prepare(`SELECT ${columns} FROM receipts ORDER BY id`).all();
      open.database.close();
      open = openDatabase(path, { isDamaged: true });
      expect(open.damaged).toMatchObject({ total: 1, kept: 1, lostMessages: 0 });
      expect(open.database.prepare(`SELECT ${columns} FROM receipts ORDER BY id`).all()).toEqual(before);
      expect(before).toHaveLength(6);
    });

    it('are known by their form where the file no longer says what its pages are', () => {
      write(6);
      const receipts = new Receipts(open.database, log);
      receipts.settle(receipts.begin({ purpose: 'trial', to, messageId: null }), { ...arrived, error: 'server/cut' });
      receipts.begin({ purpose: 'answer', to, messageId: 'm-none' });
      const before = open.database.prepare('SELECT * FROM receipts ORDER BY id').all();
      open.database.close();
      rmSync(join(folder, readdirSync(folder).find((name) => name.includes('backup-v6')) ?? ''));
      breakPage(path, 1);
      open = openDatabase(path);
      expect(open.damaged).not.toBeNull();
      expect(open.database.prepare('SELECT * FROM receipts ORDER BY id').all()).toEqual(before);
    });

    it('come from the copy where their own table can no longer be read', () => {
      write(6);
      const receipts = new Receipts(open.database, log);
      receipts.settle(receipts.begin({ purpose: 'trial', to, messageId: null }), arrived);
      const before = open.database.prepare('SELECT * FROM receipts ORDER BY id').all();
      open.database.close();
      expect(careFor({ path, fullCheck: true, copyAfterMs: 0 })).toEqual({ status: 'sound', copied: true });
      breakTable(path, 'receipts');
      open = openDatabase(path, { isDamaged: true });
      expect(open.database.prepare('SELECT * FROM receipts ORDER BY id').all()).toEqual(before);
    });
  });

  describe('of answers that have entries', () => {
    const device: Entry = { ...sentEntry, where: 'device', host: null };

    function store(entries: readonly Entry[]): string {
      const { conversations, ids } = chats();
      const speed = { firstTextMs: 1, wordsPerSecond: 1, tokensPerSecond: 1 };
      const own: Receipt = { entries, basis: { type: 'parts', read: 2, total: 2 }, ...speed };
      const detail = { thinking: '', state: 'complete', error: null, receipt: own } as const;
      conversations.updateAnswer(ids.answerId, { text: 'A', ...detail });
      return ids.answerId;
    }

    it('are made anew from those where their own table can no longer be read and no copy has them', () => {
      const id = store([sentEntry, device, { ...sentEntry, promptTokens: null }]);
      store([device]);
      open.database.close();
      breakTable(path, 'receipts');
      open = openDatabase(path, { isDamaged: true });
      const rows = open.database.prepare('SELECT * FROM receipts ORDER BY id').all();
      expect(rows).toMatchObject([
        { message_id: id, state: 'unknown', host: 'api.example', model_name: 'm', prompt_tokens: 7, output_tokens: 2 },
        { message_id: id, state: 'unknown', host: 'api.example', prompt_tokens: null },
      ]);
    });

    it('are not made twice where their rows are there', () => {
      const id = store([sentEntry, sentEntry]);
      const receipts = new Receipts(open.database, log);
      for (const _ of [1, 2]) receipts.settle(receipts.begin({ purpose: 'answer', to, messageId: id }), arrived);
      open.database.close();
      open = openDatabase(path, { isDamaged: true });
      expect(states()).toEqual([
        [id, 'arrived'],
        [id, 'arrived'],
      ]);
    });
  });

  it('are all told, in their order, of an answer that was broken off between its parts', () => {
    const { receipts, entry, end, answer } = chats();
    for (const promptTokens of [3, 4]) receipts.settle(receipts.begin(entry), { ...arrived, promptTokens });
    end('stopped');
    expect(answer()?.receipt?.entries.map(({ promptTokens }) => promptTokens)).toEqual([3, 4]);
    expect(answer()?.receipt?.entries[0]?.ms).toBeGreaterThanOrEqual(0);
  });
});
