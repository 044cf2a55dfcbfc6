import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extentUnits, leftOutParts } from '../../../contract/document.ts';
import { type Locator, locatorSchema } from '../../../contract/locator.ts';
import { nameOfLocator } from '../../../core/prompts/name-locator.ts';
import { resources } from '../../../locales/index.ts';
import { sayExtent, sayFullExtent, sayLocator, sayNote, sayPlaces, sayReading } from '../../../locales/say-locator.ts';
import { showHiddenInLine } from '../../../locales/show-hidden.ts';
import { createTranslator } from '../../../locales/translator.ts';

const english = createTranslator('en').t;
const chinese = createTranslator('zh-CN').t;

/** Each kind of locator, with its words in English, in Chinese, and as a model is told it in both. */
const said: readonly (readonly [Locator, string, string, string, string])[] = [
  [{ unit: 'page', first: 17, last: 17 }, 'Page 17', '第 17 页', 'page 17', '第 17 页'],
  [{ unit: 'page', first: 3, last: 5 }, 'Pages 3–5', '第 3–5 页', 'page 3-5', '第 3-5 页'],
  [{ unit: 'line', first: 1200, last: 1200 }, 'Line 1200', '第 1200 行', 'line 1200', '第 1200 行'],
  [
    { unit: 'heading', path: ['Set up', 'Linux'], lines: null },
    'Set up › Linux',
    'Set up › Linux',
    'Set up > Linux',
    'Set up > Linux',
  ],
  [{ unit: 'heading', path: ['Set up'], lines: { first: 4, last: 4 } }, 'Line 4', '第 4 行', 'line 4', '第 4 行'],
  [{ unit: 'paragraph', first: 12, last: 13 }, 'Paragraphs 12–13', '第 12–13 段', 'paragraph 12-13', '第 12-13 段'],
  [{ unit: 'slide', first: 2, last: 2 }, 'Slide 2', '第 2 张幻灯片', 'slide 2', '第 2 张幻灯片'],
  [
    { unit: 'cells', sheet: '销售', from: { row: 1, column: 1 }, to: { row: 20, column: 28 } },
    '销售!A1:AB20',
    '销售!A1:AB20',
    '销售!A1:AB20',
    '销售!A1:AB20',
  ],
  [
    { unit: 'cells', sheet: 'S', from: { row: 7, column: 702 }, to: { row: 7, column: 702 } },
    'S!ZZ7',
    'S!ZZ7',
    'S!ZZ7',
    'S!ZZ7',
  ],
  [{ unit: 'message', first: 3, last: 3, part: null }, 'Message 3', '第 3 封邮件', 'message 3', '第 3 封邮件'],
  [
    { unit: 'message', first: 3, last: 3, part: 'budget.xlsx' },
    'Message 3: budget.xlsx',
    '第 3 封邮件: budget.xlsx',
    'message 3, budget.xlsx',
    '第 3 封邮件, budget.xlsx',
  ],
  [{ unit: 'time', startMs: 65_999, endMs: 3_723_000 }, '1:05–1:02:03', '1:05–1:02:03', '1:05-1:02:03', '1:05-1:02:03'],
];

describe('where something stands in a document', () => {
  it.each(said)('is said in both languages, to people and to a model: %j', (locator, en, zh, model, modelZh) => {
    expect(sayLocator(english, locator)).toBe(en);
    expect(sayLocator(chinese, locator)).toBe(zh);
    expect(nameOfLocator(locator, 'en')).toBe(model);
    expect(nameOfLocator(locator, 'zh-CN')).toBe(modelZh);
  });

  it('has words for every kind that the contract knows', () => {
    const known = new Set(locatorSchema.options.map(({ shape }) => shape.unit.value));
    expect(new Set(said.map(([{ unit }]) => unit))).toEqual(known);
  });

  it('has words for everything that is left out of a document, or guessed', () => {
    const notes = [
      ...leftOutParts.map((part) => ({ note: 'left-out', part, count: 2 }) as const),
      { note: 'encoding-guessed', encoding: 'big5' } as const,
    ];
    expect(sayNote(english, { note: 'left-out', part: 'hidden-sheet', count: 2 })).toBe('2 hidden sheets left out');
    for (const note of notes) {
      expect(sayNote(english, note)).toMatch(/^(2 |read as big5|[a-z ]+ 2 places)/);
      expect(sayNote(chinese, note)).toMatch(/\p{Script=Han}/u);
    }
  });

  it('turns nothing around and breaks no line, whatever a document calls its headings, sheets and parts', () => {
    const hostile = fc.constantFrom('\u202Eevil', 'a\nb', '\u0007', 'a\u2066b', '{{range}} $t(at.page)');
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        const cell = { row: 1, column: 1 };
        const locators: readonly Locator[] = [
          { unit: 'heading', path: [one, other], lines: null },
          { unit: 'cells', sheet: one, from: cell, to: cell },
          { unit: 'message', first: 1, last: 1, part: other },
        ];
        for (const locator of locators) {
          const places = { name: one, places: [locator, { unit: 'page' as const, first: 1, last: 1 }], total: null };
          for (const text of [sayLocator(english, locator), sayPlaces(chinese, places)])
            expect(showHiddenInLine(text)).toBe(text);
        }
        expect(sayLocator(english, { unit: 'heading', path: ['{{range}} $t(at.page)'], lines: null })).toBe(
          '{{range}} $t(at.page)',
        );
      }),
    );
  });
});

describe('what an answer is from', () => {
  it.each([
    [[{ unit: 'page', first: 17, last: 17 }], 40, 'from page 17 of 40', '依据第 17 页（共 40 页）'],
    [
      [
        { unit: 'page', first: 16, last: 18 },
        { unit: 'page', first: 30, last: 30 },
      ],
      1200,
      'from pages 16–18, 30 of 1,200',
      '依据第 16–18, 30 页（共 1,200 页）',
    ],
    [[{ unit: 'line', first: 3, last: 9 }], 12, 'from lines 3–9 of 12', '依据第 3–9 行（共 12 行）'],
    [[{ unit: 'slide', first: 2, last: 2 }], 9, 'from slide 2 of 9', '依据第 2 张幻灯片（共 9 张幻灯片）'],
    [
      [
        { unit: 'heading', path: ['A', 'B'], lines: null },
        { unit: 'heading', path: ['C'], lines: null },
      ],
      null,
      'from A › B, C',
      '依据：A › B, C',
    ],
    [[{ unit: 'message', first: 2, last: 2, part: 'a.txt' }], 5, 'from Message 2: a.txt', '依据：第 2 封邮件: a.txt'],
  ] as const)('is one line of its receipt: %j', (places, total, en, zh) => {
    expect(sayPlaces(english, { name: null, places, total })).toBe(en);
    expect(sayPlaces(chinese, { name: null, places, total })).toBe(zh);
    expect(sayPlaces(english, { name: 'a\u202Eb.pdf', places, total })).toBe(`a⟨202E⟩b.pdf: ${en}`);
  });
});

describe('the length of a document', () => {
  it('has words for all that it is counted in, whole, in part and while it is read', () => {
    for (const unit of extentUnits)
      for (const [language, t] of [
        ['en', english],
        ['zh-CN', chinese],
      ] as const) {
        const words = resources[language].locators;
        expect(sayExtent(t, { unit, read: 2, total: 2 })).toMatch(/^2 \S/);
        expect(sayExtent(t, { unit, read: 1, total: 2 })).toMatch(/\b1\b.*\b2\b|\b2\b.*\b1\b/);
        expect(sayFullExtent(t, { unit, read: 1, total: 2 })).toContain('1');
        expect(sayReading(t, { unit, read: 1, total: 2 })).toMatch(/1.*2/);
        expect(words.reading[unit]).toBeTruthy();
      }
  });

  it('is said as it always was for pages and lines', () => {
    const pages = { unit: 'page', read: 3, total: 1200 } as const;
    expect(sayReading(english, pages)).toBe('page 3 of 1,200');
    expect(sayReading(chinese, pages)).toBe('第 3 / 1,200 页');
    expect(sayFullExtent(english, pages)).toBe('3 of 1,200 pages read');
    expect(sayFullExtent(chinese, pages)).toBe('共 1,200 页，已读 3 页');
    expect(sayExtent(english, pages)).toBe('3 of 1,200 pages');
    expect(sayExtent(english, { unit: 'line', read: 1, total: 1 })).toBe('1 line');
    expect(sayExtent(chinese, { unit: 'page', read: 9, total: 9 })).toBe('9 页');
  });
});
