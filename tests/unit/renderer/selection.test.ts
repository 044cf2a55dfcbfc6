import { describe, expect, it } from 'vitest';
import type { Message } from '../../../contract/conversation.ts';
import { showHidden, showHiddenInLine } from '../../../locales/show-hidden.ts';
import { createTranslator, sayError } from '../../../locales/translator.ts';
import { isChangedText } from '../../../renderer/answer/is-changed-text.ts';
import { rowsForText } from '../../../renderer/overlay/rows.ts';
import { nameActions } from '../../../renderer/overlay/use-actions.ts';

describe('what changed', () => {
  const message = (more: Partial<Message>): Message => ({
    id: 'm',
    conversationId: 'c',
    role: 'user',
    text: 'Correct',
    thinking: '',
    state: 'complete',
    error: null,
    receipt: null,
    canGoOn: false,
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

  it('is shown only for a finished change of a text', () => {
    const answer = message({ role: 'assistant', text: 'b' });
    const asked = message({ action, attachments: [attachment('a', 1)] });
    expect(isChangedText([asked, answer], 1)).toBe(true);
    expect(isChangedText([asked, { ...answer, state: 'growing' }], 1)).toBe(false);
    expect(isChangedText([message({ action }), answer], 1)).toBe(false);
    expect(isChangedText([message({}), answer], 1)).toBe(false);
  });
});

describe('invisible characters', () => {
  it('are shown, not obeyed', () => {
    expect(showHidden('pay \u202Eevil\u202C a\u200Bb')).toBe('pay ⟨202E⟩evil⟨202C⟩ a⟨200B⟩b');
    expect(showHidden('plain 文字 é\n\t👩‍👩‍👧 ❤️‍🔥 👩🏽‍🚀')).toBe('plain 文字 é\n\t👩‍👩‍👧 ❤️‍🔥 👩🏽‍🚀');
    expect(showHidden('a\u200Db\u061C\u3164\u2028\u{E0100}\x1B[2J\x9B')).toBe(
      'a⟨200D⟩b⟨061C⟩⟨3164⟩⟨2028⟩⟨E0100⟩⟨001B⟩[2J⟨009B⟩',
    );
    expect(showHiddenInLine('a\tb\n\u202Efdp.txt')).toBe('a⟨0009⟩b⟨000A⟩⟨202E⟩fdp.txt');
  });

  it('in a name are shown in the sentence about it, and nothing in a name is a word of ours', () => {
    const say = (file: string, code: 'file/empty' | 'file/not-yet' | 'action/broken-file') =>
      sayError(createTranslator('en'), {
        code,
        message: '',
        values: { file, kind: 'image', line: 1, reason: '\u202E' },
      });
    expect(say('a\u202Efdp.\nexe', 'file/empty')).toMatch('“a⟨202E⟩fdp.⟨000A⟩exe” has no text in it.');
    expect(say('$t(errors:app.internal) {{kind}}', 'file/not-yet')).toMatch(
      '“$t(errors:app.internal) {{kind}}” is an image,',
    );
    expect(say('x.json', 'action/broken-file')).toMatch('line 1, ⟨202E⟩.');
  });
});

describe('actions in the list', () => {
  const row = (id: string, en: string, zh: string, initials: string, usedAt = 0) => ({
    id,
    name: { en, 'zh-CN': zh },
    hint: null,
    icon: null,
    output: 'show' as const,
    usesModel: true,
    acts: false,
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
