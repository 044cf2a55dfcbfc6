import { describe, expect, it } from 'vitest';
import type { UsedAction } from '../../../contract/atom.ts';
import type { Conversation, Message } from '../../../contract/conversation.ts';
import { createCopyAnswer } from '../../../core/put-back/copy-answer.ts';

const shared = { conversationId: 'c-1', thinking: '', state: 'complete', error: null, receipt: null } as const;
const rest = { canGoOn: false, attachments: [], createdAt: 0 } as const;
const correct: UsedAction = {
  id: 'correct',
  name: { en: 'Correct', 'zh-CN': '改错' },
  instruction: '',
  output: 'replace',
  diff: true,
  sampling: null,
  maxTokens: null,
};

async function copied(answer: string, source: string | null = null, leftOut: readonly number[] = []) {
  const messages: Message[] = [
    { ...shared, ...rest, id: 'q', role: 'user', text: 'Q', action: source === null ? null : correct },
    { ...shared, ...rest, id: 'a', role: 'assistant', text: answer, action: null },
  ];
  const conversation = { id: 'c-1', title: '', messages, createdAt: 0, updatedAt: 0, runningRunId: null };
  const attachment = { kind: 'selection', text: source ?? '' };
  let given: unknown = null;
  const copy = createCopyAnswer(
    {
      conversationOf: () => conversation as unknown as Conversation,
      attachmentsOf: () => new Map(source === null ? [] : [['q', [attachment as never]]]),
    },
    async (...told) => {
      given = told;
      return true;
    },
  );
  await copy('a', leftOut);
  return given;
}

describe('an answer that is copied', () => {
  // Only the Markdown was: a list pasted into a letter was full of asterisks.
  it('is rich text for whoever takes it, and its Markdown for all others', async () => {
    expect(await copied('**Two** of $x^2$')).toEqual(['**Two** of $x^2$', '<strong>Two</strong> of $x^2$']);
  });

  it('is text alone where it has no format', async () => {
    expect(await copied('Two of three.')).toEqual(['Two of three.', undefined]);
  });

  it('is the changed text without the changes that were left out', async () => {
    expect(await copied('The board met.', 'The bord meet.')).toEqual(['The board met.']);
    expect(await copied('The board met.', 'The bord meet.', [0])).toEqual(['The bord met.']);
  });
});
