import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Conversations } from '../../../core/conversations/conversations.ts';
import { SearchIndex } from '../../../core/conversations/search-index.ts';
import { snippetOf } from '../../../core/conversations/snippet.ts';
import { openDatabase } from '../../../core/database/open-database.ts';
import { fold, foldWithPlaces, partsToFold } from '../../../text/fold.ts';

/** What stands in a chat, what a person types to find it, and what is marked in what is shown. */
const pairs: readonly (readonly [stored: string, typed: string, marked: string])[] = [
  ['Der KÖLNER Dom', 'kö', 'KÖ'],
  ['Der Kölner Dom', 'KOLN', 'Köln'],
  ['Mu\u0308nchen im Regen', 'münchen', 'Mu\u0308nchen'],
  ['München im Regen', 'mu\u0308nchen', 'München'],
  ['Un café noir', 'cafe', 'café'],
  ['Un cafe noir', 'CAFÉ', 'cafe'],
  ['ДА, ЁЛКА И МОЙ ДОМ', 'да', 'ДА'],
  ['ДА, ЁЛКА И МОЙ ДОМ', 'ёл', 'ЁЛ'],
  ['ДА, ЁЛКА И МОЙ ДОМ', 'елка', 'ЁЛКА'],
  ['ＡＢＣ 株式会社', 'abc', 'ＡＢＣ'],
  ['ABC 株式会社', 'ａｂｃ', 'ABC'],
  ['ﾃﾞｰﾀを読む', 'データ', 'ﾃﾞｰﾀ'],
  ['かな漢字', 'カナ', 'かな'],
  ['한국어로 쓰기'.normalize('NFD'), '한국', '한국'.normalize('NFD')],
  ['한국어로 쓰기', '국'.normalize('NFD'), '국'],
  ['İSTANBUL ve Isparta', 'istanbul', 'İSTANBUL'],
  ['ılık su', 'ILIK', 'ılık'],
  ['Die Straße ist lang', 'STRASSE', 'Straße'],
  ['DIE STRASSE', 'straße', 'STRASSE'],
  ['Ὀδυσσεύς καὶ ΟΔΟΣ', 'οδος', 'ΟΔΟΣ'],
  ['Ὀδυσσεύς', 'ΟΔΥΣΣΕΥΣ', 'Ὀδυσσεύς'],
  ['قَالَ مُحَمَّدٌ', 'محمد', 'مُحَمَّدٌ'],
  ['كـتـاب', 'كتاب', 'كـتـاب'],
  ['שָׁלוֹם', 'שלום', 'שָׁלוֹם'],
  ['ภาษาไทยสวยงาม', 'ไทย', 'ไทย'],
  ['Tiếng Việt và Đà Nẵng', 'viet', 'Việt'],
  ['Tiếng Việt và Đà Nẵng', 'da nang', 'Đà'],
  ['रक़म हिन्दी में'.normalize('NFC'), 'हिन्दी', 'हिन्दी'],
  ['سنة ١٤٤٥ هجرية', '1445', '١٤٤٥'],
  ['वर्ष २०२६', '2026', '२०२६'],
  ['I use C++ and C#', 'c++', 'C++'],
  ['It costs 100% of it', '0%', '0%'],
  ['He said “it’s fine”', "it's", 'it’s'],
  ['He said “it’s fine”', '"it', '“it'],
  ['A moon 🌙 and 👩‍💻', '🌙', '🌙'],
  ['今天晴，二十度', '晴', '晴'],
  ['北京的天气很好', '天气', '天气'],
  ['北京的天气很好', '京的天气很', '京的天气很'],
  ['𠮷野家 in a rare form', '𠮷野', '𠮷野'],
  ['the ﬁnal ﬂoor', 'final', 'ﬁnal'],
  ['soft\u00adhyphen and zero\u200bwidth', 'softhyphen', 'soft\u00adhyphen'],
  ['a single q here', 'q', 'q'],
];

describe('a search', () => {
  let folder: string;
  let open: ReturnType<typeof openDatabase>;
  let index: SearchIndex;
  let indexed: Conversations;
  let unindexed: Conversations;
  const nothing = () => {};

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-search-'));
    open = openDatabase(join(folder, 'beckon.db'));
    index = new SearchIndex(open.database, join(folder, 'beckon-search.db'));
    indexed = new Conversations(open.database, nothing, nothing, index);
    unindexed = new Conversations(open.database, nothing);
  });

  afterEach(() => {
    indexed.dispose();
    unindexed.dispose();
    index.dispose();
    open.database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(pairs)(
    'finds “%s” by “%s”, with the index and without, and marks what stands there',
    async (text, typed, marked) => {
      const { conversationId } = indexed.ask(null, 'another chat', null);
      for (const conversations of [indexed, unindexed]) {
        conversations.rename(conversationId, text);
        expect(await conversations.search(typed, 5), 'in a title').toMatchObject([{ conversationId, messageId: null }]);
        conversations.rename(conversationId, 'x');
      }
      const asked = indexed.ask(null, `${'… '.repeat(40)}${text}`, null);
      indexed.rename(asked.conversationId, 'y');
      const check = async (conversations: Conversations) => {
        const hits = await conversations.search(typed, 5);
        expect(hits.map((hit) => hit.messageId)).toEqual([asked.questionId]);
        const [from, to] = hits[0]?.ranges[0] ?? [0, 0];
        expect(hits[0]?.snippet.slice(from, to)).toBe(marked);
      };
      await check(indexed);
      await check(unindexed);
      await index.catchUp();
      await check(indexed);
    },
  );

  it('finds in hundreds of chats those that hold every word, and not one that holds only their pieces', async () => {
    for (let chat = 0; chat < 260; chat += 1)
      indexed.ask(null, `chat ${chat} of the lightship and the warehouse`, null);
    indexed.ask(null, 'the lighthouse keeper', null);
    await index.catchUp();
    expect(await indexed.search('lighthouse', 5)).toHaveLength(1);
    expect(await indexed.search('ship ware', 500)).toHaveLength(260);
    expect(await indexed.search('chat 0 of', 500)).not.toHaveLength(0);
    const all: string[] = [];
    for (let page = indexed.list('', 100); page.length > 0; page = indexed.list('', 100, page.at(-1) ?? null))
      all.push(...page.map(({ id }) => id));
    expect([all.length, new Set(all).size]).toEqual([261, 261]);
  });

  it('lets others have their turn while it reads messages that no index knows', async () => {
    const insert = open.database.prepare(
      "INSERT INTO messages (id, conversation_id, position, role, text, state, created_at) VALUES (?, ?, ?, 'user', ?, 'complete', 1)",
    );
    const { conversationId } = indexed.ask(null, 'begin', null);
    open.database.exec('BEGIN');
    for (let number = 10; number < 3000; number += 1)
      insert.run(`m-${number}`, conversationId, number, `第${number}条：潮水正午转向。`.repeat(20));
    open.database.exec('COMMIT');
    let turns = 0;
    let counting = true;
    const count = () => {
      turns += 1;
      if (counting) setImmediate(count);
    };
    setImmediate(count);
    expect(await unindexed.search('没有的词', 5)).toEqual([]);
    counting = false;
    expect(turns).toBeGreaterThan(3);
  });

  it('takes a text of megabytes into its index in turns: one took all others’ time until it was done', async () => {
    const used = () => {
      const { user, system } = process.threadCpuUsage();
      return (user + system) / 1000;
    };
    const said = Array.from({ length: 600_000 }, (_, at) => (at % 7919).toString(36)).join(' ');
    const { conversationId, answerId } = indexed.ask(null, 'How long?', null);
    const detail = { thinking: '', error: null, receipt: null };
    indexed.updateAnswer(answerId, { ...detail, text: `${said} zinnia`, state: 'complete' });
    let longest = 0;
    let before = used();
    const [begun, watch] = [before, { on: true }];
    const tick = () => {
      longest = Math.max(longest, used() - before);
      before = used();
      if (watch.on) setImmediate(tick);
    };
    setImmediate(tick);
    await index.catchUp();
    watch.on = false;
    expect(longest).toBeLessThan((used() - begun) / 2);
    index.check();
    expect(await indexed.search('zinnia', 5)).toMatchObject([{ conversationId }]);
    expect(open.database.prepare('SELECT count(*) AS n FROM unindexed').get()).toEqual({ n: 0 });
    // A text that changed while it was read is read again; one that is longer than a command has is finished by it.
    indexed.updateAnswer(answerId, { ...detail, text: `${said} marigold`, state: 'complete' });
    index.dispose();
    const again = new SearchIndex(open.database, join(folder, 'beckon-search.db'));
    expect(open.database.prepare('SELECT count(*) AS n FROM unindexed').get()).toEqual({ n: 0 });
    expect(again.find(['marigold'], 1e9, 5)).toHaveLength(1);
    again.dispose();
  });

  it('does without an index that cannot be made, and takes no word of the query for an order', async () => {
    const broken = new SearchIndex(open.database, join(folder, 'no', 'such', 'folder', 'search.db'));
    const conversations = new Conversations(open.database, nothing, nothing, broken);
    conversations.ask(null, 'NEAR the "lighthouse" AND not OR *', null);
    for (const query of [
      'NEAR(',
      '"lighthouse"',
      'AND',
      '*',
      'OR',
      '"',
      "'",
      '%',
      '_',
      '\\',
      'ë\u0300\u0301',
      '\0',
      '\ud800',
    ])
      await expect(conversations.search(query, 5), query).resolves.toBeDefined();
    expect(await conversations.search('"lighthouse" *', 5)).toHaveLength(1);
    await index.catchUp();
    for (const query of ['NEAR(', '"lighthouse"', 'AND', '*', 'OR', '"', "'", '%', '_', '\\', '\0', '\ud800'])
      await expect(indexed.search(query, 5), query).resolves.toBeDefined();
    expect(await indexed.search('"lighthouse" *', 5)).toHaveLength(1);
    conversations.dispose();
    broken.dispose();
  });
});

describe('folded text', () => {
  const anyText = fc.string({ unit: 'grapheme', maxLength: 60 });

  it('is the same whether it is folded whole, letter by letter, in parts, or in the quick way for plain text', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 9 }), (text, length) => {
        const whole = fold(text);
        expect(foldWithPlaces(text).folded).toBe(whole);
        expect([...partsToFold(text, length)].map(fold).join('')).toBe(whole);
        // A letter that is not plain sends all of it the long way.
        expect(fold(`${text}\u0436`)).toBe(`${whole}\u0436`);
      }),
      { numRuns: 2000 },
    );
  });

  it('does not change when it is folded again or put together in another way', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(fold(fold(text))).toBe(fold(text));
        expect(fold(text.normalize('NFD'))).toBe(fold(text.normalize('NFC')));
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps its places within the text that is shown, which never begins or ends in the middle of a sign', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        const { snippet, ranges } = snippetOf(`${before.repeat(8)} 🌙é ${after.repeat(8)}`, [fold('🌙é')]);
        expect(snippet.isWellFormed()).toBe(true);
        for (const [from, to] of ranges) expect(fold(snippet.slice(from, to))).toContain('🌙e');
        expect(ranges).toHaveLength(1);
      }),
      { numRuns: 500 },
    );
  });
});
