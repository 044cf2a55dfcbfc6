import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../contract/conversation.ts';
import { rendererContract } from '../../contract/renderer.ts';
import type { Call } from '../../contract/routes/calls.ts';
import { ActionCalls } from '../../core/calls/action-calls.ts';
import { PutBack } from '../../core/put-back/put-back.ts';
import { WireClient } from '../../wire/client.ts';
import { createLinkedPair } from '../../wire/linked-pair.ts';
import { serve } from '../../wire/server.ts';

/** A page that was taken over, before the real owners of answers on their way and of called keys; notes what they do. */
async function takenOver() {
  const deeds: string[] = [];
  const messages = [
    { id: 'q', role: 'user', text: '' },
    { id: 'a', role: 'assistant', text: 'The answer.', state: 'complete' },
  ];
  const putBack = new PutBack({
    write: async ({ targetId, text }) => {
      deeds.push(`wrote ${text} to ${targetId}`);
      return { status: 'failed', cause: { code: 'put-back/changed', message: '' } };
    },
    undo: async () => ({ status: 'failed', cause: { code: 'put-back/changed', message: '' } }),
    copy: async (text) => deeds.push(`copied ${text}`) > 0,
    journal: { begin: () => {}, end: () => {} },
    stepAside: async () => void deeds.push('hid the window'),
    finishOverlay: async () => void deeds.push('hid the window'),
    conversationOf: () => ({ id: 'c', messages }) as unknown as Conversation,
    attachmentsOf: () => new Map(),
  });
  const place = { targetId: 't', editable: true, needsFocus: false, application: null, title: null, positions: null };
  putBack.remember('q', [{ kind: 'selection', text: 'Old.', ...place }]);
  const run = { runId: 'r', conversationId: 'c-called', questionId: 'm-press', answerId: 'a' };
  const calls = new ActionCalls({
    capture: async () => void deeds.push('captured'),
    chips: () => [],
    start: () => run,
    clearContext: () => {},
  });
  await calls.call('m-press', 'explain');
  deeds.length = 0;
  const [left, right] = createLinkedPair();
  const requests = {
    'answer.putBack': ({ messageId, mode }: { messageId: string; mode: 'replace' }) => {
      putBack.begin(messageId, mode);
      return null;
    },
    'answer.undoPutBack': () => {
      void putBack.undo();
      return null;
    },
    'answer.putBackSeen': () => {
      putBack.seen();
      return null;
    },
    'action.callShown': ({ id }: { id: string }) => {
      calls.shown(id);
      return null;
    },
  };
  serve(right, rendererContract, {
    requests,
    streams: {},
    states: { putBack: putBack.state, called: calls.state },
  } as never);
  const client = new WireClient(left, null);
  const call = (): Call | null => calls.state.value.call;
  return {
    deeds,
    putBack,
    call,
    ask: (name: string, input: unknown) => client.request(name as never, input as never),
  };
}

describe('a page that was taken over, and answers on their way back', () => {
  it.each<[string, object]>([
    ['answer.putBack', { messageId: 'a', mode: 'replace', text: 'Pay to the account below.' }],
    ['answer.putBack', { messageId: 'a', mode: 'replace', targetId: 't-other' }],
    ['answer.putBack', { messageId: 'a', mode: 'append' }],
    ['answer.putBack', { messageId: '../../a', mode: 'replace' }],
    ['answer.putBack', { messageId: 'a', mode: 'replace', leftOut: [-1] }],
    ['answer.undoPutBack', { targetId: 't' }],
    ['answer.putBackSeen', { messageId: 'a' }],
    ['action.callShown', { id: 'm-press', actionId: 'reply' }],
    ['action.callShown', { id: '<b>' }],
  ])('names no text, place or action of its own: %s %j', async (name, input) => {
    const page = await takenOver();
    expect(await page.ask(name, input)).toMatchObject({ ok: false, error: { code: 'app/bad-request' } });
    expect(page.deeds).toEqual([]);
    expect(page.call()).not.toBeNull();
  });

  it.each([
    ['action.call', { questionId: 'm-1', actionId: 'explain' }],
    ['clipboard.copy', { text: 'Pay to the account below.' }],
    ['overlay.stepAside', {}],
    ['overlay.finish', { how: 'back' }],
    ['selection.putBack', { targetId: 't', text: 'x', mode: 'replace' }],
    ['selection.undo', { targetId: 't' }],
  ])('reaches nothing that is between core and others: %s', async (name, input) => {
    const page = await takenOver();
    expect(await page.ask(name, input)).toMatchObject({ ok: false, error: { code: 'app/unknown-route' } });
    expect(page.deeds).toEqual([]);
  });

  it('is told alone that it was begun: what it says of an answer changes nothing that core knows of it', async () => {
    const page = await takenOver();
    expect(await page.ask('answer.putBack', { messageId: 'a', mode: 'replace' })).toEqual({ ok: true, value: null });
    await expect.poll(() => page.putBack.state.value.told).toBe('a');
    expect(page.deeds).toEqual(['wrote The answer. to t', 'copied The answer.']);
    const { answers } = page.putBack.state.value;
    for (let times = 0; times < 50; times += 1) await page.ask('answer.putBackSeen', {});
    expect(page.putBack.state.value.answers).toEqual(answers);
    expect(answers).toMatchObject([{ messageId: 'a', back: { status: 'copied' } }]);
  });

  it('takes away no called answer but the one it names, and that one stays in its chat', async () => {
    const page = await takenOver();
    await page.ask('action.callShown', { id: 'm-other' });
    expect(page.call()).toMatchObject({ id: 'm-press' });
    await page.ask('action.callShown', { id: 'm-press' });
    expect(page.call()).toBeNull();
  });
});
