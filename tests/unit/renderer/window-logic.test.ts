import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../../contract/conversation.ts';
import type { ModelHere, ModelRow } from '../../../contract/model.ts';
import { goodFor, memoryShare, paceOf, pagesOf, recommendedId, speedOf } from '../../../renderer/app/model-words.ts';
import { chatText } from '../../../renderer/window/chat-text.ts';
import { alsoCalled, isFound } from '../../../renderer/window/settings/search.ts';
import { sizeName, stepSize } from '../../../renderer/window/text-size.ts';
import { between } from '../../../renderer/window/use-chosen-chats.ts';

describe('the size of text', () => {
  it('goes up and down in steps that end, from any number in the file too', () => {
    let percent = 100;
    for (let times = 0; times < 20; times += 1) percent = stepSize(percent, 1);
    expect(percent).toBe(200);
    for (let times = 0; times < 20; times += 1) percent = stepSize(percent, -1);
    expect(percent).toBe(90);
    expect([stepSize(120, 1), stepSize(120, -1), stepSize(300, -1), stepSize(50, -1)]).toEqual([125, 110, 200, 50]);
  });

  it('has a name at every number', () => {
    expect([50, 90, 100, 110, 125, 150, 200].map(sizeName)).toEqual([
      'small',
      'small',
      'normal',
      'normal',
      'large',
      'larger',
      'larger',
    ]);
  });
});

describe('chats that are chosen with Shift', () => {
  it('are all between two, whichever comes first, and none for what is not listed', () => {
    const order = ['a', 'b', 'c', 'd'];
    expect(between(order, 'b', 'd')).toEqual(['b', 'c', 'd']);
    expect(between(order, 'd', 'b')).toEqual(['b', 'c', 'd']);
    expect(between(order, 'x', 'c')).toEqual(['c']);
    expect(between([], 'x', 'y')).toEqual([]);
  });
});

describe('a whole chat as text', () => {
  it('says who said what, with an action by its name', () => {
    const action = { name: { en: 'Correct', 'zh-CN': '改错' } };
    const messages = [
      { role: 'user', text: '', action },
      { role: 'assistant', text: 'Better.\n', action: null },
    ];
    const chat = { title: 'One\nline', messages } as unknown as Conversation;
    const words = { question: '我', answer: '招之', language: 'zh-CN' } as const;
    expect(chatText(chat, words)).toBe('# One line\n\n**我**\n\n改错\n\n**招之**\n\nBetter.');
  });
});

describe('models in words', () => {
  const row = (more: Partial<ModelHere>): ModelHere =>
    ({
      id: 'm',
      kind: 'catalogue',
      purpose: 'chat',
      bytes: 1e9,
      fit: 'well',
      installed: false,
      measuredWordsPerSecond: null,
      needBytes: null,
      freeBytes: null,
      ...more,
    }) as ModelHere;

  it('guesses a speed from the measured model of the nearest size, and none from nothing', () => {
    const measured = [row({ bytes: 1e9, measuredWordsPerSecond: 20 }), row({ bytes: 8e9, measuredWordsPerSecond: 3 })];
    expect(speedOf(row({ bytes: 2e9 }), measured)).toEqual({ kind: 'estimate', wordsPerSecond: 10 });
    expect(speedOf(row({ bytes: 6e9 }), measured)).toEqual({ kind: 'estimate', wordsPerSecond: 4 });
    expect(speedOf(measured[0] as ModelHere, measured)).toEqual({ kind: 'measured', wordsPerSecond: 20 });
    expect(speedOf(row({ bytes: 2e9 }), [row({})])).toEqual({ kind: 'unknown' });
    expect(speedOf(row({ bytes: 900e9 }), measured)).toMatchObject({ wordsPerSecond: 1 });
  });

  it('says memory in pages and speed in how it is felt, and nothing where it is not known', () => {
    expect(pagesOf(row({ windowTokens: 8192 }))).toBe(10);
    expect(pagesOf(row({ windowTokens: 1024 }))).toBe(1);
    expect(pagesOf(row({ windowTokens: 600 }))).toBeNull();
    expect(pagesOf(row({}))).toBeNull();
    expect([1, 2.9, 3, 8, 8.1, 90].map(paceOf).join(' ')).toBe('slower slower asOneReads asOneReads faster faster');
  });

  it('recommends the best that fits well, and nothing when that is here already', () => {
    const tight = row({ id: 'large', fit: 'tight' });
    const well = row({ id: 'middle' });
    const small = row({ id: 'small' });
    expect(recommendedId([tight, well, small])).toBe('middle');
    expect(recommendedId([tight, { ...well, installed: true }, small])).toBeNull();
    expect(recommendedId([tight, row({ purpose: 'embedding' })])).toBeNull();
  });

  it('says what a size is good for, and nothing of what it does not know', () => {
    const sizes = [0.49e9, 1.1e9, 1.3e9, 2.7e9, 5.7e9].map((bytes) => goodFor(row({ bytes })));
    expect(sizes).toEqual(['tiny', 'small', 'middle', 'large', 'huge']);
    expect(goodFor({ kind: 'server', purpose: 'chat' } as ModelRow)).toBeNull();
    expect(goodFor(row({ purpose: 'embedding' }))).toBeNull();
  });

  it('draws what a model takes of the free memory, never more than all of it', () => {
    expect(memoryShare(row({ needBytes: 2, freeBytes: 8 }))).toBe(0.25);
    expect(memoryShare(row({ needBytes: 9, freeBytes: 8 }))).toBe(1);
    expect(memoryShare(row({ needBytes: 9, freeBytes: 0 }))).toBeNull();
  });
});

describe('the search for a setting', () => {
  const theme = { name: 'theme', words: ['Appearance', '外观', 'Dark', '深色', 'theme, night mode'] };

  it.each(['dark', 'THEME', 'night', '深色', 'appear dark', '  dark '])('finds the theme by %j', (query) => {
    expect(isFound(theme, query)).toBe(true);
  });

  it('finds nothing by words of which one is nowhere', () => {
    expect(isFound(theme, 'dark shortcut')).toBe(false);
  });

  it('shows another name only where it was what was typed', () => {
    expect(alsoCalled(['Appearance'], 'theme, night mode', 'Night')).toBe('theme, night mode');
    expect(alsoCalled(['Appearance'], 'theme, appearance', 'appea')).toBeNull();
    expect(alsoCalled(['Appearance'], 'theme', 'dark')).toBeNull();
  });
});
