import { describe, expect, it } from 'vitest';
import type { Message } from '../../../contract/conversation.ts';
import { linesOf } from '../../../contract/locator.ts';
import { askedTextsOf, isLongEarlierText } from '../../../core/answers/asked-texts.ts';
import { findPassages, pagesNamedIn, type SearchedText } from '../../../core/answers/find-passages.ts';
import { passagesFor } from '../../../core/answers/found-passages.ts';
import { placesOf } from '../../../core/answers/places.ts';
import type { Attachment } from '../../../core/attachment.ts';
import { passagesPrompt } from '../../../core/prompts/passages-prompt.ts';
import { linePositions } from '../../../core/text-positions.ts';
import { pagePositions } from '../../support/positions.ts';

function paged(pages: readonly string[], name = 'report.pdf'): SearchedText {
  const starts: number[] = [];
  let text = '';
  for (const page of pages) {
    if (starts.length > 0) text += '\n\n';
    starts.push(text.length);
    text += page;
  }
  return { text, name, positions: pagePositions(starts) };
}

const things = ['ropes', 'sails', 'boats', 'lamps', 'gulls', 'storms', 'tides', 'ferries', 'charts', 'bells'];
const report = paged(
  Array.from({ length: 30 }, (_, index) =>
    index === 16
      ? 'The keeper of the northern tower wrote that 4,117 puffins nested on the cliff.'
      : `Notes of the harbour about ${things[index % 10]} and ${things[(index * 7) % 10]}, day ${index + 1}. ${'More of the same follows. '.repeat(20)}`,
  ),
);
const chinese = paged(
  Array.from({ length: 30 }, (_, index) =>
    index === 16
      ? '北塔的看守人写道，悬崖上有4117只海鹦筑巢。'
      : `第${index + 1}天的港口记录，天气和船只。${'其余内容大致相同。'.repeat(20)}`,
  ),
);

describe('passages for a question', () => {
  it.each([
    ['How many puffins nested?', report, 'en'],
    ['海鹦有多少只？', chinese, 'zh-CN'],
  ] as const)('are those with its words: %s', async (question, source, language) => {
    const found = await findPassages([source], question, 3000, language);
    expect(found?.[0]?.locator).toEqual({ unit: 'page', first: 17, last: 17 });
  });

  it('are those of a page that it names, even when other pages have its words', async () => {
    const found = await findPassages([report], 'What does page 3 say about puffins?', 3000, 'en');
    expect(found?.map(({ locator }) => locator)).toEqual(found?.map(() => ({ unit: 'page', first: 3, last: 3 })));
    expect(found?.length).toBeGreaterThan(0);
  });

  it('are none when nothing fits', async () => {
    expect(await findPassages([report], 'zebra?', 3000, 'en')).toBeNull();
  });

  it('stay within their budget, and in the order of the text', async () => {
    const found = (await findPassages([report], 'notes of the harbour', 1500, 'en')) ?? [];
    const length = found.reduce((sum, { start, end }) => sum + end - start, 0);
    expect(length).toBeLessThanOrEqual(1500);
    expect(length).toBeGreaterThan(500);
    expect([...found].sort((one, other) => one.start - other.start)).toEqual(found);
  });

  it('of a long text are found soon, with others served meanwhile', async () => {
    const lines = Array.from(
      { length: 100_000 },
      (_, index) => `Line ${index} tells of ${things[index % 10]} and nothing else.`,
    );
    lines[77_776] = 'Here a single puffin is told of.';
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 5);
    const text = lines.join('\n');
    const source: SearchedText = { text, name: null, positions: linePositions(text) };
    const found = await findPassages([source], 'What about the puffin?', 6000, 'en');
    clearInterval(timer);
    const locator = found?.[0]?.locator;
    const place = locator === undefined ? null : linesOf(locator);
    expect(place?.first).toBeLessThanOrEqual(77_777);
    expect(place?.last).toBeGreaterThanOrEqual(77_777);
    expect((place?.last ?? 0) - (place?.first ?? 0)).toBeLessThan(40);
    expect(turns).toBeGreaterThan(3);
  });

  it.each([
    ['What is on page 17?', [17]],
    ['Compare pages 3-5.', [3, 4, 5]],
    ['see p. 9', [9]],
    ['第17页说了什么', [17]],
    ['第十七页说了什么', [17]],
    ['第二十至二十二页', [20, 21, 22]],
    ['第一百零三页', [103]],
    ['How many pages are there?', []],
  ])('know the pages named in %j', (question, pages) => {
    expect(pagesNamedIn(question)).toEqual(pages);
  });
});

describe('a question about a text that went along', () => {
  const attachment: Attachment = {
    kind: 'file',
    text: report.text,
    application: null,
    title: 'report.pdf',
    positions: report.positions,
    targetId: null,
    editable: false,
    needsFocus: false,
  };
  const message = (id: string, role: Message['role'], text: string): Message => ({
    id,
    conversationId: 'c',
    role,
    text,
    thinking: '',
    state: 'complete',
    error: null,
    receipt: null,
    canGoOn: false,
    attachments: [],
    action: null,
    createdAt: 0,
  });
  const talk = [
    message('q1', 'user', 'Who wrote it?'),
    message('a1', 'assistant', 'The harbour.'),
    message('q2', 'user', 'How many puffins nested?'),
    message('a2', 'assistant', ''),
  ];
  const attachments = new Map([['q1', [attachment]]]);

  it('is answered from passages, also when the text went along earlier', async () => {
    const asked = askedTextsOf(talk, 'q2', attachments);
    expect(asked).toMatchObject({ earlier: true, language: 'en' });
    if (asked === null) return;
    expect(isLongEarlierText(asked)).toBe(true);
    const found = await passagesFor(asked);
    if (found === null) throw new Error('nothing was found');
    expect(placesOf(found)).toEqual([{ name: null, places: [{ unit: 'page', first: 17, last: 17 }], total: 30 }]);
    const prompt = passagesPrompt(found, talk, 'a2');
    expect(prompt.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
    expect(prompt[1]?.text).toBe('Who wrote it?');
    expect(prompt[3]?.text).toMatch(/^"""\n\[page 17\]\nThe keeper .* cliff\.\n"""\n\n.*\nHow many puffins nested\?$/s);
  });

  it('wants the whole text when it says so', () => {
    for (const text of ['Summarise this.', '总结一下', 'Translate it into French', '全文有哪些要点？']) {
      const asked = [message('q1', 'user', text), message('a1', 'assistant', '')];
      expect(askedTextsOf(asked, 'q1', attachments), text).toBeNull();
    }
  });
});
