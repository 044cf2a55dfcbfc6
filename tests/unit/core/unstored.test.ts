import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UsedAction } from '../../../contract/atom.ts';
import { GrowingText } from '../../../core/answers/growing-text.ts';
import { readQuestion } from '../../../core/answers/question.ts';
import type { Attachment } from '../../../core/attachment.ts';
import { Conversations } from '../../../core/conversations/conversations.ts';
import { withoutLastAnswer, withQuestion } from '../../../core/conversations/unstored.ts';
import { openDatabase } from '../../../core/database/open-database.ts';

const action: UsedAction = {
  id: 'correct',
  name: { en: 'Correct', 'zh-CN': '纠正错误' },
  instruction: 'Correct the text.',
  output: 'replace',
  diff: true,
  sampling: { temperature: 0 },
  maxTokens: 300,
};

function selected(text: string): Attachment {
  const place = { targetId: 't-1', editable: true, needsFocus: true, positions: null };
  return { kind: 'selection', text, application: 'Mousepad', applicationId: 'mousepad', title: 'note.txt', ...place };
}

interface Asked {
  readonly text: string;
  readonly action: UsedAction | null;
  readonly attachments: readonly Attachment[];
  readonly edits?: boolean;
}

const plain: Asked = { text: 'And who said so?', action: null, attachments: [] };
const cases: readonly (readonly [string, Asked])[] = [
  ['a question', plain],
  ['a question about a text', { ...plain, attachments: [selected('Some """quoted""" text.')] }],
  ['an action', { text: 'Correct', action, attachments: [selected('Teh text.\u0000 \ud800 end')] }],
  ['a question in the place of one with a text', { ...plain, edits: true }],
  ['another text in its place', { ...plain, edits: true, attachments: [selected('Another.')] }],
];

describe('a chat with a question that is not asked yet', () => {
  let folder: string;
  let conversations: Conversations;
  let id: string;
  let first: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-unstored-'));
    const { database } = openDatabase(join(folder, 'beckon.db'));
    conversations = new Conversations(database, () => {});
    const before = { attachments: [selected('The first text.')], action: null };
    const asked = conversations.ask(null, 'What does it say?', null, before);
    [id, first] = [asked.conversationId, asked.questionId];
    const done = { thinking: '', state: 'complete', error: null, receipt: null } as const;
    conversations.updateAnswer(asked.answerId, { text: 'That it is the first.', ...done });
  });
  afterEach(() => {
    conversations.dispose();
    rmSync(folder, { recursive: true });
  });

  const chat = () => ({ messages: conversations.get(id).messages, attachments: conversations.attachmentsOf(id) });
  const promptOf = (texts: ReturnType<typeof withQuestion>, questionId: string, answerId: string) =>
    readQuestion({
      ids: { questionId, answerId },
      ...texts,
      sampling: { temperature: 0.7 },
      text: new GrowingText(null),
    }).input;

  // What is shown before it is sent is made of the one, what is sent of the other.
  it.each(cases)(
    'makes the same prompt as %s that is stored',
    (_name, { text, action: used, attachments, edits = false }) => {
      const question = { id: 'm-new', text, action: used, attachments, editsMessageId: edits ? first : null };
      const shown = promptOf(withQuestion(chat(), question, 'm-answer'), 'm-new', 'm-answer');
      const extras = { attachments, action: used, questionId: 'm-new' };
      const stored = conversations.ask(id, text, question.editsMessageId, extras);
      expect(promptOf(chat(), 'm-new', stored.answerId)).toEqual(shown);
      expect(conversations.get(id).messages).toHaveLength(edits ? 2 : 4);
    },
  );

  it('makes the same prompt as a question that is asked again', () => {
    const shown = promptOf(withoutLastAnswer(chat(), 'm-answer'), first, 'm-answer');
    const { answerId } = conversations.askAgain(id);
    expect(promptOf(chat(), first, answerId)).toEqual(shown);
  });
});
