import { describe, expect, it } from 'vitest';
import type { Conversation, Message } from '../../../contract/conversation.ts';
import { PutBack } from '../../../core/put-back/put-back.ts';

const message = (id: string, role: Message['role'], text: string) => ({ id, role, text, state: 'complete' }) as Message;

function putBackOver(selected: string, answer: string) {
  const written: string[] = [];
  const messages = [message('q', 'user', ''), message('a', 'assistant', answer)];
  const putBack = new PutBack({
    write: async (_, text) => {
      written.push(text);
      return { status: 'done', route: 'paste', canUndo: true };
    },
    undo: async () => ({ status: 'done', route: 'paste', canUndo: false }),
    setOverlayVisible: async () => {},
    conversationOf: () => ({ id: 'c', messages }) as unknown as Conversation,
    attachmentsOf: () => new Map(),
  });
  const nowhere = { application: null, title: null, positions: null };
  const place = { targetId: 't', editable: true, needsFocus: false };
  putBack.remember('q', [{ kind: 'selection', text: selected, ...nowhere, ...place }]);
  return { putBack, written };
}

describe('an answer that takes the place of its text', () => {
  // Three clicks in a browser select a line with its end; the next line joined the answer.
  it('leaves the white space at the ends of what was selected', async () => {
    const { putBack, written } = putBackOver('\t The tide turns at noon.\n', 'It turns at noon.\n');
    await putBack.write('a', 'replace');
    expect(written).toEqual(['\t It turns at noon.\n']);
  });

  it('ends where the selection ended when it goes below it', async () => {
    const { putBack, written } = putBackOver('\t The tide turns at noon.\n', 'It turns at noon.');
    await putBack.write('a', 'insert-below');
    expect(written).toEqual(['It turns at noon.\n']);
  });

  it('brings none along', async () => {
    const { putBack, written } = putBackOver('The tide turns at noon.', ' It turns at noon. \n');
    await putBack.write('a', 'replace');
    expect(written).toEqual(['It turns at noon.']);
  });
});
