import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModelPart } from '../../../contract/engine.ts';
import { Answering, question } from '../../support/answering.ts';

const usage = { promptTokens: 1, cachedTokens: 0, outputTokens: 1, contextTokens: 9, droppedMessages: 0 };
const says = (text: string): ModelPart[] => [
  { type: 'text-delta', text },
  { type: 'finish', reason: 'stop', usage },
];
const here = new AbortController().signal;

describe('questions of several commands in one chat', () => {
  let room: Answering;

  beforeEach(() => {
    room = new Answering();
  });
  afterEach(() => room.dispose());

  const ask = (conversationId: string, text: string, questionId?: string) => ({
    ...question,
    ...{ conversationId, text, questionId },
  });
  const texts = (conversationId: string) => room.conversations.get(conversationId).messages.map(({ text }) => text);

  it('are answered one after the other, each with those before it: each one stopped the answer before it', async () => {
    room.given = Array.from({ length: 13 }, (_, index) => says(`Answer ${index}`));
    const runs = room.create();
    const { conversationId } = runs.start({ ...question, text: 'Question 0' });
    const started = await Promise.all(
      Array.from({ length: 12 }, (_, index) => runs.startInTurn(ask(conversationId, `Question ${index + 1}`), here)),
    );
    for (const each of started) await room.end(runs, each);
    const all = Array.from({ length: 13 }, (_, index) => [`Question ${index}`, `Answer ${index}`]);
    expect(texts(conversationId)).toEqual(all.flat());
    expect(room.asked.map(({ messages }) => messages.filter(({ role }) => role === 'user').length)).toEqual(
      Array.from({ length: 13 }, (_, index) => index + 1),
    );
  });

  it('are not asked when who asks has left before their turn, and those after them are', async () => {
    room.given = [says('One'), says('Three')];
    const runs = room.create();
    const { conversationId } = runs.start(question);
    const leaving = new AbortController();
    const left = runs.startInTurn(ask(conversationId, 'Two?'), leaving.signal);
    const last = runs.startInTurn(ask(conversationId, 'Three?'), here);
    leaving.abort();
    await expect(left).rejects.toMatchObject({ code: 'app/not-connected' });
    await room.end(runs, await last);
    expect(texts(conversationId)).toEqual(['Why?', 'One', 'Three?', 'Three']);
  });

  it('still take the place of what is written when a person means that', async () => {
    room.given = [says('One'), says('Two'), says('Three')];
    const runs = room.create();
    const { conversationId } = runs.start(question);
    const waiting = runs.startInTurn(ask(conversationId, 'Three?'), here);
    const replacing = runs.start(ask(conversationId, 'Two?'));
    await room.end(runs, replacing);
    await room.end(runs, await waiting);
    expect(texts(conversationId)).toEqual(['Why?', 'One', 'Two?', 'Two', 'Three?', 'Three']);
  });

  it('are asked once more when others came after them: the answer of the newest question was given to the older one', async () => {
    room.given = [says('One'), says('Two'), says('One again')];
    const runs = room.create();
    const first = runs.start({ ...question, questionId: 'm-1', text: 'One?' });
    await room.end(runs, first);
    const { conversationId } = first;
    await room.end(runs, runs.start(ask(conversationId, 'Two?')));
    await room.end(runs, await runs.startInTurn(ask(conversationId, 'One?', 'm-1'), here));
    expect(texts(conversationId)).toEqual(['One?', 'One', 'Two?', 'Two', 'One?', 'One again']);
  });
});
