import { describe, expect, it } from 'vitest';
import type { Conversation, Message } from '../../../contract/conversation.ts';
import type { RichText } from '../../../contract/desktop.ts';
import type { Attachment } from '../../../core/attachment.ts';
import { PutBack } from '../../../core/put-back/put-back.ts';

const answerText = 'The **tide** turns.';

function message(id: string, role: Message['role'], text: string, action: Message['action']): Message {
  const nothing = { thinking: '', error: null, receipt: null, canGoOn: false, attachments: [], createdAt: 0 } as const;
  return { id, conversationId: 'c', role, text, state: 'complete', action, ...nothing };
}

/** Puts one answer back into a place, and tells what was written and whether the window went for it. */
async function write(place: Partial<Attachment>, diff: boolean) {
  const written: { text: string; rich: RichText | null }[] = [];
  const visible: boolean[] = [];
  const name = { en: 'Any', 'zh-CN': '任意' };
  const action = {
    id: 'any',
    name,
    instruction: '',
    output: 'replace',
    diff,
    sampling: null,
    maxTokens: null,
  } as const;
  const messages = [message('q', 'user', '', action), message('a', 'assistant', answerText, null)];
  const conversation = { id: 'c', title: '', createdAt: 0, updatedAt: 0, questions: 1, runningRunId: null, messages };
  const putBack = new PutBack({
    write: async ({ text, rich }) => {
      written.push({ text, rich });
      return { status: 'done', route: 'paste', canUndo: true };
    },
    undo: async () => ({ status: 'done', route: 'paste', canUndo: false }),
    copy: async () => true,
    journal: { begin: () => {}, end: () => {} },
    stepAside: async () => void visible.push(false),
    finishOverlay: async (how) => void (how === 'back' && visible.push(true)),
    conversationOf: (): Conversation => conversation,
    attachmentsOf: () => new Map(),
  });
  const usual = { kind: 'selection', text: 'Tide.', application: null, title: null, positions: null } as const;
  putBack.remember('q', [{ ...usual, targetId: 't', editable: true, needsFocus: false, ...place }]);
  await putBack.write('a', 'replace');
  await putBack.undo();
  return { written, visible };
}

describe('an answer with Markdown in it', () => {
  it('goes as rich text into a place that takes it, with the window gone for that and for the undo', async () => {
    const { written, visible } = await write({ takesRichText: true }, false);
    expect(written).toEqual([
      { text: answerText, rich: { html: 'The <strong>tide</strong> turns.', text: 'The tide turns.' } },
    ]);
    expect(visible).toEqual([false, false]);
  });

  it('goes as it is into a place that does not', async () => {
    expect(await write({}, false)).toEqual({ written: [{ text: answerText, rich: null }], visible: [] });
  });

  it('goes as it is when it is a corrected text, where what looks like Markdown stood before', async () => {
    const { written, visible } = await write({ takesRichText: true }, true);
    expect(written).toEqual([{ text: answerText, rich: null }]);
    expect(visible).toEqual([]);
  });
});
