import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Conversations } from '../../../core/conversations/conversations.ts';
import { SearchIndex } from '../../../core/conversations/search-index.ts';
import { readQuestion, wellFormed } from '../../../core/conversations/text.ts';
import { openDatabase } from '../../../core/database/open-database.ts';

describe('conversations on disk', () => {
  let folder: string;
  let conversations: Conversations;
  let index: SearchIndex;
  let open: ReturnType<typeof openDatabase>;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-chats-'));
    open = openDatabase(join(folder, 'beckon.db'));
    index = new SearchIndex(open.database, join(folder, 'beckon-search.db'));
    conversations = new Conversations(
      open.database,
      () => {},
      () => {},
      index,
    );
  });

  afterEach(() => {
    conversations.dispose();
    index.dispose();
    open.database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const noDetail = { thinking: '', error: null, receipt: null };
  function turn(conversationId: string | null, question: string, answer: string, edits: string | null = null) {
    const ids = conversations.ask(conversationId, question, edits);
    conversations.updateAnswer(ids.answerId, { ...noDetail, text: answer, state: 'complete' });
    return ids;
  }
  const texts = (id: string) => conversations.get(id).messages.map(({ text }) => text);
  const found = async (query: string) => (await conversations.search(query, 20)).map(({ snippet }) => snippet);
  /** The index, once it has caught up, knows exactly the messages that are there. */
  const checkIndex = async () => {
    await index.catchUp();
    index.check();
    const stored = open.database
      .prepare("SELECT number, text FROM messages WHERE text <> '' AND state <> 'growing'")
      .all();
    const indexed = new Set(
      [...'abcdefghijklmnopqrstuvwxyz'].flatMap((letter) => index.find([letter], 1e9, 1000) ?? []),
    );
    expect([...indexed].sort()).toEqual(stored.map(({ number }) => Number(number)).sort());
    expect(open.database.prepare('SELECT * FROM unindexed').all()).toEqual([]);
  };

  it('are named after what they are about, with the colon of their language and none after another sign', () => {
    const stored = { kind: 'selection', text: 'Tide.', application: null, title: null, positions: null } as const;
    const text = { ...stored, targetId: null, editable: false, needsFocus: false };
    const titles = ['Explain', '解释', 'What is this?'].map((question) => {
      const { conversationId } = conversations.ask(null, question, null, { attachments: [text], action: null });
      return conversations.list('', 10).find(({ id }) => id === conversationId)?.title;
    });
    expect(titles).toEqual(['Explain: Tide.', '解释：Tide.', 'What is this? Tide.']);
  });

  it('keep the pages of a file that was stored before texts had sections, and how many of them were read', () => {
    const nowhere = { application: null, positions: null, targetId: null, editable: false, needsFocus: false };
    const file = { kind: 'file', text: 'First.\n\nSecond.', title: 'a.pdf', ...nowhere } as const;
    const { conversationId, questionId } = conversations.ask(null, 'What?', null, {
      attachments: [file],
      action: null,
    });
    for (const [stored, extent] of [
      ['{"unit":"page","starts":[0,8],"total":5}', { unit: 'page', read: 2, total: 5 }],
      ['{"unit":"line"}', { unit: 'line', read: 3, total: 3 }],
      ['{"unit":"verse"}', null],
    ] as const) {
      open.database.prepare('UPDATE attachments SET positions = ?').run(stored);
      expect(conversations.get(conversationId).messages[0]?.attachments[0]).toMatchObject({ extent });
    }
    const { positions } = { ...conversations.attachmentsOf(conversationId).get(questionId)?.[0] };
    expect(positions).toBeNull();
  });

  it('keep their order, their states and their title', () => {
    const { conversationId } = turn(null, 'First question?', 'First answer.');
    turn(conversationId, 'Second question?', 'Second answer.');
    expect(texts(conversationId)).toEqual(['First question?', 'First answer.', 'Second question?', 'Second answer.']);
    expect(conversations.list('', 10)).toMatchObject([{ id: conversationId, title: 'First question?', questions: 2 }]);
  });

  it('that are pinned are listed apart, through a restart too, and keep their place in time', () => {
    const [one, two, three] = ['One?', 'Two?', 'Three?'].map((text) => turn(null, text, 'Yes.').conversationId);
    if (one === undefined || two === undefined || three === undefined) throw new Error('a chat is missing');
    const before = conversations.list('', 10).map(({ id }) => id);
    conversations.pin(one, true);
    const next = new Conversations(open.database, () => {});
    const ids = (pinned: boolean | null) => next.list('', 10, null, pinned).map(({ id }) => id);
    expect(ids(true)).toEqual([one]);
    expect(new Set(ids(false))).toEqual(new Set([two, three]));
    expect(ids(null)).toEqual(before);
    next.pin(one, false);
    expect(ids(true)).toEqual([]);
    expect(() => next.pin('c-none', true)).toThrow('no conversation');
    next.dispose();
  });

  it('are listed with the first text they are about, and with the server that was last sent something', () => {
    const text = { text: 'Tide.', positions: null, targetId: null, editable: false, needsFocus: false } as const;
    const file = { ...text, kind: 'file', application: null, title: 'a.pdf' } as const;
    const page = { ...text, kind: 'selection', application: 'Firefox', title: 'News' } as const;
    const { conversationId, answerId } = conversations.ask(null, 'What?', null, { attachments: [page], action: null });
    conversations.ask(conversationId, 'And this?', null, { attachments: [file], action: null });
    expect(conversations.list('', 10)[0]).toMatchObject({
      source: { kind: 'selection', application: 'Firefox', title: 'News', words: 1 },
      host: null,
      pinnedAt: null,
    });
    // Versions before counted no words.
    open.database.exec('UPDATE attachments SET words = NULL');
    open.database
      .prepare(
        `INSERT INTO receipts (id, message_id, purpose, state, host, model_id, model_name, began_at)
         VALUES ('e', ?, 'answer', 'arrived', 'api.example.com', 'm', 'M', 1)`,
      )
      .run(answerId);
    expect(conversations.list('', 10)[0]).toMatchObject({ source: { words: null }, host: 'api.example.com' });
    // What this machine answered later has no host of its own: a cloud with nothing beside it stood there.
    const addLocal = (messageId: string) =>
      open.database
        .prepare(
          `INSERT INTO receipts (id, message_id, purpose, state, host, place, model_id, model_name, began_at)
           VALUES (?, ?, 'answer', 'arrived', '', 'device', 'm', 'M', 2)`,
        )
        .run(`local-${messageId}`, messageId);
    addLocal(answerId);
    expect(conversations.list('', 10)[0]).toMatchObject({ host: 'api.example.com' });
    addLocal(turn(null, 'Alone?', 'Yes.').answerId);
    expect(conversations.list('', 10).find(({ title }) => title === 'Alone?')).toMatchObject({
      source: null,
      host: null,
    });
  });

  it('mark an answer that was growing when the last core died, and keep its text', async () => {
    const { conversationId, answerId } = conversations.ask(null, 'Question?', null);
    conversations.updateAnswer(answerId, { ...noDetail, text: 'half an ans', state: 'growing' });
    const next = new Conversations(open.database, () => {});
    expect(next.get(conversationId).messages.at(-1)).toMatchObject({ text: 'half an ans', state: 'cut' });
    expect((await next.search('half', 5)).length).toBe(1);
    await checkIndex();
    next.dispose();
  });

  it('that cannot be removed for good on a full disk are kept hidden, and removed at a later start', async () => {
    const { conversationId } = turn(null, 'A secret?', 'Yes.');
    vi.useFakeTimers();
    try {
      const full = "CREATE TRIGGER full BEFORE DELETE ON conversations BEGIN SELECT RAISE(ABORT, 'disk is full'); END";
      open.database.exec(full);
      const { undoMs } = conversations.delete(conversationId);
      expect(() => vi.advanceTimersByTime(undoMs)).not.toThrow();
      const restart = () => new Conversations(open.database, () => {}).dispose();
      expect(restart).not.toThrow();
      expect(conversations.list('', 10)).toEqual([]);
      const stored = () => open.database.prepare('SELECT id FROM conversations').all();
      expect(stored()).toHaveLength(1);
      open.database.exec('DROP TRIGGER full');
      restart();
      expect(stored()).toEqual([]);
      vi.useRealTimers();
      await checkIndex();
    } finally {
      vi.useRealTimers();
    }
  });

  it('that cannot be removed for another reason stay hidden too, and why is told', () => {
    turn(null, 'A secret?', 'Yes.');
    open.database.exec('UPDATE conversations SET deleted_at = 1');
    open.database.exec("CREATE TRIGGER odd BEFORE DELETE ON conversations BEGIN SELECT RAISE(ABORT, 'no such'); END");
    const told: unknown[] = [];
    const next = new Conversations(
      open.database,
      () => {},
      (error) => told.push(error),
    );
    expect(next.list('', 10)).toEqual([]);
    expect(told.map(String)).toEqual([expect.stringContaining('no such')]);
    next.dispose();
  });

  it('begin on a full disk, where an answer that was growing stays as it is', async () => {
    const { conversationId, answerId } = conversations.ask(null, 'Question?', null);
    conversations.updateAnswer(answerId, { ...noDetail, text: 'half an ans', state: 'growing' });
    open.database.exec("CREATE TRIGGER full BEFORE UPDATE ON messages BEGIN SELECT RAISE(ABORT, 'disk is full'); END");
    new Conversations(open.database, () => {}).dispose();
    open.database.exec('DROP TRIGGER full');
    const next = new Conversations(open.database, () => {});
    expect(next.get(conversationId).messages.at(-1)).toMatchObject({ text: 'half an ans', state: 'cut' });
    await checkIndex();
    next.dispose();
  });

  it('edit a question in its place, answer again, and leave the search index whole', async () => {
    const first = turn(null, 'Where is the lighthouse?', 'On the rock.');
    turn(first.conversationId, 'And the keeper?', 'In the kitchen.');
    turn(first.conversationId, 'Where is the harbour?', 'Below.', first.questionId);
    expect(texts(first.conversationId)).toEqual(['Where is the harbour?', 'Below.']);
    expect((await found('lighthouse')).filter((snippet) => snippet.includes('rock'))).toEqual([]);
    const again = conversations.askAgain(first.conversationId);
    conversations.updateAnswer(again.answerId, { ...noDetail, text: 'To the south.', state: 'complete' });
    expect(texts(first.conversationId)).toEqual(['Where is the harbour?', 'To the south.']);
    expect(await found('Below')).toEqual([]);
    await checkIndex();
  });

  it('are found by words in any order, by Chinese of one, two and more characters, and by signs that mean something to SQL', async () => {
    turn(null, 'The quick brown fox', 'jumps over the lazy dog');
    turn(null, '北京的天气怎么样？', '今天晴，二十度。');
    turn(null, 'It costs 100% of _all_ "money"', "that's it");
    expect((await found('fox quick')).length).toBeGreaterThan(0);
    expect(await found('fox missing')).toEqual([]);
    for (const term of ['晴', '天气', '怎么样', '北京的天气'])
      expect((await found(term)).length, term).toBeGreaterThan(0);
    for (const term of ['100%', '_all_', '"money"', "that's"])
      expect((await found(term)).length, term).toBeGreaterThan(0);
    for (const term of ['%', '_', '"', "'", '*', 'AND', 'NEAR(', '晴%'])
      await expect(found(term)).resolves.toBeDefined();
    expect(await found('x%y')).toEqual([]);
  });

  it('are found once, whether the words stand in their title, in one message or in many, and tell the message', async () => {
    const { conversationId } = turn(null, 'Where is the lighthouse?', 'The lighthouse is on the rock.');
    turn(conversationId, 'Who keeps the lighthouse?', 'Ingrid keeps the lighthouse.');
    turn(null, 'Another one', 'No lighthouse here.');
    expect((await conversations.search('lighthouse', 20)).map((hit) => hit.conversationId)).toHaveLength(2);
    expect((await conversations.search('lighthouse', 20))[0]).toMatchObject({
      conversationId,
      title: 'Where is the lighthouse?',
    });
    expect((await found('lighthouse'))[0]).toBe('Ingrid keeps the lighthouse.');
    expect(await conversations.search('lighthouse', 1)).toHaveLength(1);
  });

  it('go on with an answer that was cut, and are found by what it says in the end alone', async () => {
    const { conversationId, answerId } = conversations.ask(null, 'Question?', null);
    conversations.updateAnswer(answerId, { ...noDetail, text: 'half a sentenc', state: 'stopped' });
    expect(conversations.goOn(conversationId)).toMatchObject({ answerId, written: { text: 'half a sentenc' } });
    conversations.updateAnswer(answerId, { ...noDetail, text: 'half a sent', state: 'growing' });
    conversations.updateAnswer(answerId, { ...noDetail, text: 'half a sentence more', state: 'complete' });
    expect(texts(conversationId)).toEqual(['Question?', 'half a sentence more']);
    expect(await found('sentence more')).toHaveLength(1);
    expect(() => conversations.goOn(conversationId)).toThrow(expect.objectContaining({ code: 'run/cannot-continue' }));
    await checkIndex();
  });

  it('are deleted at once, come back when restored, and leave nothing in the index when gone', async () => {
    const { conversationId } = turn(null, 'Secret plans', 'Very secret.');
    conversations.delete(conversationId);
    expect(conversations.list('', 10)).toEqual([]);
    expect(await found('Secret')).toEqual([]);
    conversations.restore(conversationId);
    expect(texts(conversationId)).toEqual(['Secret plans', 'Very secret.']);
    conversations.delete(conversationId);
    conversations.dispose();
    const next = new Conversations(open.database, () => {});
    expect(() => next.restore(conversationId)).toThrow(expect.objectContaining({ code: 'conversation/not-found' }));
    await checkIndex();
    next.dispose();
  });

  it('that are not there are a named error', () => {
    for (const work of [
      () => conversations.get('c-none'),
      () => conversations.rename('c-none', 'x'),
      () => conversations.delete('c-none'),
      () => conversations.ask('c-none', 'x', null),
      () => conversations.askAgain('c-none'),
    ])
      expect(work).toThrow(expect.objectContaining({ code: 'conversation/not-found' }));
  });
});

describe('a question', () => {
  it('of 10 MB is refused with its size, an empty one as empty', () => {
    expect(() => readQuestion('x'.repeat(10_000_000))).toThrow(
      expect.objectContaining({ code: 'message/too-large', detail: expect.objectContaining({ action: 'shorten' }) }),
    );
    for (const text of ['', ' \n\t ', '\u3000'])
      expect(() => readQuestion(text)).toThrow(expect.objectContaining({ code: 'message/empty' }));
  });

  it('with NUL bytes and lone surrogates is kept with marks in their place', () => {
    expect(readQuestion('a\0b\ud800c\udc00d')).toBe('a\ufffdb\ufffdc\ufffdd');
    expect(wellFormed('𝄞 招之 🌙')).toBe('𝄞 招之 🌙');
  });
});
