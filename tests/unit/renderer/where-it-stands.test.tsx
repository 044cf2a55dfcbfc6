import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../../contract/conversation.ts';
import type { Grounding as Found } from '../../../contract/grounding.ts';
import type { Receipt } from '../../../contract/receipt.ts';
import { createTranslator } from '../../../locales/translator.ts';
import { Grounding } from '../../../renderer/answer/grounding.tsx';
import { ReceiptLine } from '../../../renderer/answer/receipt.tsx';
import { Question } from '../../../renderer/answer/turn.tsx';

/** What a person reads of it, in both languages. */
function read(view: ReactNode): readonly string[] {
  return (['en', 'zh-CN'] as const).map((language) => {
    const html = renderToStaticMarkup(<I18nextProvider i18n={createTranslator(language)}>{view}</I18nextProvider>);
    return html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
  });
}

const receipt: Receipt = {
  entries: [
    {
      ...{ where: 'device', host: null, modelId: 'm', modelName: 'M', promptTokens: null, cachedTokens: null },
      ...{ outputTokens: null, contextTokens: null, droppedMessages: 0, ms: null },
    },
  ],
  basis: { type: 'whole' },
  firstTextMs: null,
  wordsPerSecond: null,
  tokensPerSecond: null,
};

describe('where something stands is said in the words of Beckon on a page: ', () => {
  it('under an answer, by its receipt', () => {
    const places = [{ name: 'a.pdf', places: [{ unit: 'page' as const, first: 16, last: 18 }], total: 1200 }];
    const [en, zh] = read(<ReceiptLine receipt={{ ...receipt, basis: { type: 'passages', texts: places } }} />);
    expect(en).toContain('a.pdf: from pages 16–18 of 1,200');
    expect(zh).toContain('a.pdf: 依据第 16–18 页（共 1,200 页）');
  });

  it('before the passage nearest to a sentence', () => {
    const sentence = (
      locator: NonNullable<Extract<Found, { status: 'looked-up' }>['sentences'][number]['nearest']>['locator'],
      start: number,
    ) => ({
      text: 'It flew.',
      start,
      end: start + 8,
      nowhere: [],
      nearest: { text: 'The bird flew.', locator, at: { text: 0, start: 0, end: 14 } },
    });
    const heading = { unit: 'heading', path: ['Birds'], lines: { first: 7, last: 7 } } as const;
    const sentences = [sentence({ unit: 'page', first: 2, last: 2 }, 0), sentence(heading, 9), sentence(null, 20)];
    const grounding = { status: 'looked-up', sentences, meaning: 'none' } as const;
    const lookedUp = { messageId: null, grounding, marks: [], chosen: null, choose: () => {}, next: () => {} };
    const [en, zh] = read(<Grounding text="It flew." lookedUp={lookedUp} />);
    expect(en).toMatch(/Page 2 The bird flew\..*Line 7 The bird flew\..*It flew\. The bird flew\./);
    expect(zh).toMatch(/第 2 页 The bird flew\..*第 7 行 The bird flew\./);
  });

  it('beside a question, by the length of its file', () => {
    const file = (read: number) =>
      ({
        kind: 'file',
        application: null,
        title: 'a.pdf',
        words: 9,
        characters: 9,
        excerpt: '',
        extent: { unit: 'page', read, total: 12 },
      }) as const;
    const message: Message = {
      id: 'q',
      conversationId: 'c',
      role: 'user',
      text: 'What flew?',
      thinking: '',
      state: 'complete',
      error: null,
      receipt: null,
      canGoOn: false,
      attachments: [file(3), file(12)],
      action: null,
      createdAt: 0,
    };
    const [en, zh] = read(<Question message={message} />);
    expect(en).toContain('a.pdf, 3 of 12 pages · a.pdf, 12 pages');
    expect(zh).toContain('a.pdf，共 12 页，已读 3 页 · a.pdf，12 页');
  });
});
