import { describe, expect, it } from 'vitest';
import type { Message } from '../../../contract/conversation.ts';
import { changedTextOf } from '../../../renderer/answer/changed-text.ts';
import { countChanges, diffWords } from '../../../renderer/answer/word-diff.ts';
import { rowsForText } from '../../../renderer/overlay/rows.ts';
import { showHidden } from '../../../renderer/overlay/show-hidden.ts';
import { nameActions } from '../../../renderer/overlay/use-actions.ts';

describe('what changed', () => {
  it('is told by words, Chinese ones too', () => {
    const pieces = diffWords('The board meet on tuesday.', 'The board met on Tuesday.', 'en');
    expect(pieces.filter(({ kind }) => kind !== 'same').map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'removed meet',
      'added met',
      'removed tuesday',
      'added Tuesday',
    ]);
    expect(countChanges(pieces)).toBe(2);
    expect(countChanges(diffWords('我们明天在见面。', '我们明天再见面。', 'zh-CN'))).toBe(1);
    expect(countChanges(diffWords('Same.', ' Same.\n', 'en'))).toBe(0);
  });

  const message = (more: Partial<Message>): Message => ({
    id: 'm',
    conversationId: 'c',
    role: 'user',
    text: 'Correct',
    thinking: '',
    state: 'complete',
    error: null,
    receipt: null,
    attachments: [],
    action: null,
    createdAt: 0,
    ...more,
  });
  const action = {
    id: 'correct',
    name: { en: 'Correct', 'zh-CN': '纠正' },
    instruction: 'x',
    output: 'replace' as const,
    diff: true,
    sampling: null,
    maxTokens: null,
  };
  const attachment = (excerpt: string, characters: number) => ({
    kind: 'selection' as const,
    application: null,
    title: null,
    words: 1,
    characters,
    extent: null,
    excerpt,
  });

  it('is shown only for a finished change of a text that is known whole', () => {
    const answer = message({ role: 'assistant', text: 'b' });
    const asked = (excerpt: string, characters: number) =>
      message({ action, attachments: [attachment(excerpt, characters)] });
    expect(changedTextOf([asked('a', 1), answer], 1)).toBe('a');
    expect(changedTextOf([asked('a', 9), answer], 1)).toBeNull();
    expect(changedTextOf([asked('a', 1), { ...answer, state: 'growing' }], 1)).toBeNull();
    expect(changedTextOf([message({}), answer], 1)).toBeNull();
  });
});

describe('invisible characters', () => {
  it('are shown, not obeyed', () => {
    expect(showHidden('pay \u202Eevil\u202C a\u200Bb')).toBe('pay ⟨202E⟩evil⟨202C⟩ a⟨200B⟩b');
    expect(showHidden('plain 文字 é')).toBe('plain 文字 é');
  });
});

describe('actions in the list', () => {
  const row = (id: string, en: string, zh: string, initials: string, usedAt = 0) => ({
    id,
    name: { en, 'zh-CN': zh },
    hint: null,
    icon: null,
    output: 'show' as const,
    pinyinInitials: initials,
    usedAt,
    builtIn: true,
  });
  const actions = nameActions(
    [row('summarise', 'Summarise', '总结', 'zj'), row('explain', 'Explain', '解释', 'js', 9)],
    'en',
  );
  const first = (text: string) => rowsForText(text, [], [], actions)[0]?.id;

  it('come last used first', () => {
    expect(actions.map(({ actionId }) => actionId)).toEqual(['explain', 'summarise']);
  });

  it.each([
    ['sum', 'action-summarise'],
    ['总', 'action-summarise'],
    ['zj', 'action-summarise'],
    ['Explain', 'action-explain'],
    ['Explain why the sky is blue', 'ask'],
    ['why', 'ask'],
  ])('are found by what is typed, and a sentence is a question: %j', (text, id) => {
    expect(first(text)).toBe(id);
  });
});
