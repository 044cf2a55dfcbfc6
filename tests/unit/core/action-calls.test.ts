import { describe, expect, it } from 'vitest';
import type { CaptureAnswer } from '../../../contract/desktop.ts';
import { fromErrorShape } from '../../../contract/errors.ts';
import { calledStateSchema } from '../../../contract/routes/calls.ts';
import { ActionCalls, type ActionQuestion } from '../../../core/calls/action-calls.ts';
import { Context } from '../../../core/context/context.ts';

const window = { windowId: '1', processId: 1, application: 'Editor', title: 'A' };
const nothing: CaptureAnswer = {
  status: 'failed',
  window,
  cause: { code: 'capture/nothing-selected', message: '' },
};
const selected = (text: string, fresh = true): CaptureAnswer => ({
  status: 'captured',
  selection: {
    targetId: 't',
    text,
    route: 'primary',
    window,
    editable: 'in-place',
    needsFocus: false,
    takesRichText: false,
    fresh,
  },
});

/** Core with a context of its own; `captures`: what is selected at each press, the last one from then on. */
function coreWith(...captures: (CaptureAnswer | Promise<CaptureAnswer>)[]) {
  const asked: (ActionQuestion & { readonly texts: readonly string[] })[] = [];
  let captured = 0;
  const context = new Context({
    capture: async () => {
      const answer = captures[Math.min(captured, captures.length - 1)] ?? nothing;
      captured += 1;
      return answer;
    },
    describeClipboard: async () => ({ status: 'available', value: { content: 'text', ageMs: 0 } }),
    readClipboard: async () => ({ status: 'available', value: 'Copied.' }),
    now: () => 0,
    onText: () => {},
  });
  const calls = new ActionCalls({
    capture: () => context.capture(),
    chips: () => context.state.value.chips,
    start: (question) => {
      const texts = context.take(question.chipIds).map(({ text }) => text);
      asked.push({ ...question, texts });
      if (texts.length === 0)
        throw fromErrorShape(context.whyNothing ?? { code: 'action/needs-text', message: 'nothing to work on' });
      const ids = { runId: `r-${asked.length}`, conversationId: `c-${asked.length}`, answerId: 'a' };
      return { ...ids, questionId: question.questionId };
    },
    clearContext: () => context.clear(),
  });
  return { calls, context, asked, captures: () => captured, call: () => calls.state.value.call };
}

describe('the key of an action', () => {
  // The page began the answer: one that was dead or hung at the press lost it.
  it('begins an answer with what is selected, though no page is there, and tells it until a window shows it', async () => {
    const { calls, asked, call } = coreWith(selected('Tide.'));
    await calls.call('m-1', 'explain');
    expect(asked).toMatchObject([{ questionId: 'm-1', actionId: 'explain', texts: ['Tide.'] }]);
    expect(call()).toMatchObject({ status: 'begun', id: 'm-1', run: { runId: 'r-1', conversationId: 'c-1' } });
    expect(calledStateSchema.safeParse(calls.state.value).success).toBe(true);
    calls.shown('m-0');
    expect(call()).not.toBeNull();
    calls.shown('m-1');
    expect(call()).toBeNull();
  });

  it('leaves nothing of what it sent for the next question, and files where they are', async () => {
    const { calls, context } = coreWith(selected('Tide.'));
    const file = { id: 'f-1', kind: 'file', on: true, status: 'ready', content: 'text', application: null } as const;
    const rest = { title: 'a.txt', words: 1, characters: 1, preview: 'x', editable: false, fresh: true, cause: null };
    context.keep({ ...file, ...rest, repeated: false, capturedAt: 0 }, null);
    await calls.call('m-1', 'explain');
    expect(context.state.value.chips.map(({ kind }) => kind)).toEqual(['file']);
  });

  it.each([
    ['nothing is selected', nothing, 'capture/nothing-selected'],
    ['what is selected is of another window', selected('Old.', false), 'action/needs-text'],
  ])('says why there is no answer when %s', async (_, capture, code) => {
    const { calls, call, context } = coreWith(capture);
    await calls.call('m-1', 'explain');
    expect(call()).toMatchObject({ status: 'refused', id: 'm-1', cause: { code } });
    expect(calledStateSchema.safeParse(calls.state.value).success).toBe(true);
    // What was captured is there to be looked at.
    expect(context.state.value.capturing).toBe(false);
  });

  it('is one press while it captures, however often it repeats, and the next one after it', async () => {
    let answer: (capture: CaptureAnswer) => void = () => {};
    const late = new Promise<CaptureAnswer>((resolve) => (answer = resolve));
    const { calls, asked, captures } = coreWith(late, selected('Tide.'));
    const held = ['m-1', 'm-2', 'm-3'].map((id) => calls.call(id, 'explain'));
    await expect.poll(captures).toBe(1);
    answer(selected('Tide.'));
    await Promise.all(held);
    expect(asked.map(({ questionId }) => questionId)).toEqual(['m-1']);
    await calls.call('m-4', 'explain');
    expect(asked.map(({ questionId }) => questionId)).toEqual(['m-1', 'm-4']);
  });

  // A capture makes the one before it void: the first key found nothing selected.
  it('waits for the key of another action that is still capturing: each has its own text', async () => {
    let answer: (capture: CaptureAnswer) => void = () => {};
    const late = new Promise<CaptureAnswer>((resolve) => (answer = resolve));
    const { calls, asked, captures, call } = coreWith(late, selected('Ferry.'));
    const both = [calls.call('m-1', 'explain'), calls.call('m-2', 'reply')];
    await expect.poll(captures).toBe(1);
    answer(selected('Tide.'));
    await Promise.all(both);
    expect(asked).toMatchObject([
      { actionId: 'explain', texts: ['Tide.'] },
      { actionId: 'reply', texts: ['Ferry.'] },
    ]);
    expect(call()).toMatchObject({ id: 'm-2' });
  });

  it('says that it failed where looking for the selection broke, and works at the next press', async () => {
    const { calls, call } = coreWith(Promise.reject(new Error('desktop broke')), selected('Tide.'));
    await calls.call('m-1', 'explain');
    expect(call()).toMatchObject({ status: 'refused', cause: { code: 'app/internal' } });
    await calls.call('m-2', 'explain');
    expect(call()).toMatchObject({ status: 'begun', id: 'm-2' });
  });
});
