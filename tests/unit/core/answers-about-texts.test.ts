import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FinishReason, ModelPart } from '../../../contract/engine.ts';
import { Answering, question, use } from '../../support/answering.ts';

const usage = { promptTokens: 1, cachedTokens: 0, outputTokens: 1, contextTokens: 9, droppedMessages: 0 };
const full: ModelPart = { type: 'failure', error: { code: 'model/context-full', message: '' } };
const serverFull: ModelPart = { type: 'failure', error: { code: 'server/context-full', message: '' } };
const says = (text: string): ModelPart => ({ type: 'text-delta', text });
const ends = (reason: FinishReason): ModelPart => ({ type: 'finish', reason, usage });
const withoutText = { type: 'without-earlier-texts', texts: 1 };

describe('an answer', () => {
  let room: Answering;

  beforeEach(() => {
    room = new Answering();
  });
  afterEach(() => room.dispose());

  it('has an entry for each part of a long text, and is in parts', async () => {
    room.text = 'One sentence of some words. '.repeat(500);
    room.given = [[full], ...[1, 2, 3].map((part) => [says(`Part ${part}. `), ends('stop')])];
    const runs = room.create();
    const answer = await room.end(runs, runs.start(use('correct')));
    expect(answer?.receipt).toMatchObject({ basis: { type: 'parts', read: 3, total: 3 } });
    // The first call is the whole text, which was too long.
    expect(answer?.receipt?.entries.map(({ outputTokens }) => outputTokens)).toEqual([null, 1, 1, 1]);
  });

  it('about a text as long as itself asks for room for both, and is made in parts where there is none', async () => {
    room.text = 'One sentence of some words. '.repeat(500);
    room.given = [
      [full],
      [says('First. '), ends('stop')],
      [says('Second. '), ends('length')],
      [says('Third.'), ends('stop')],
    ];
    const runs = room.create();
    const answer = await room.end(runs, runs.start(use('correct')));
    expect(room.asked.map(({ hints }) => hints.expectLong)).toEqual([true, undefined, undefined, undefined]);
    // One of the parts was cut: the whole is, and has no one place to go on from.
    expect(answer).toMatchObject({ state: 'cut', error: { code: 'run/answer-length' }, canGoOn: false });
  });

  it('that is shorter than its text asks for no more room than usual', async () => {
    room.given = [[says('Short.'), ends('stop')]];
    const runs = room.create();
    expect(await room.end(runs, runs.start(use('summarise')))).toMatchObject({ state: 'complete', text: 'Short.' });
    expect(room.asked[0]?.hints).not.toHaveProperty('expectLong');
  });

  it.each(['Translate it into German', '总结成一句话', 'Why?'])(
    'about an earlier text that fits no more is made from what was said about it: %s',
    async (text) => {
      const tide = { type: 'messages-dropped', count: 2 } as const;
      room.given = [
        [says('The tide comes twice a day.'), ends('stop')],
        [tide, says('What?'), ends('stop')],
        [says('Zweimal.'), ends('stop')],
      ];
      const runs = room.create();
      const first = runs.start(use('summarise'));
      await room.end(runs, first);
      const answer = await room.end(runs, runs.start({ ...question, conversationId: first.conversationId, text }));
      expect(answer).toMatchObject({ state: 'complete', text: 'Zweimal.', receipt: { basis: withoutText } });
      const [system, summarise, summary, last] = room.asked[2]?.messages ?? [];
      expect(system?.role).toBe('system');
      expect(summarise?.text).not.toContain('A text.');
      expect([summary?.text, last?.text]).toEqual(['The tide comes twice a day.', text]);
    },
  );

  it.each([
    // A summary asks for the whole: nothing of the earlier text can stand for it.
    ['what was said about it', 'Summarise that in German', withoutText],
    ['its passages', 'When did the ferry leave?', { type: 'passages', texts: [{ places: [{ unit: 'line' }] }] }],
  ])('about an earlier text that is too long for a server is made from %s', async (_, text_, basis) => {
    room.where = 'server';
    room.text = 'The ferry leaves at noon. '.repeat(20);
    room.given = [
      [says('A ferry.'), ends('stop')],
      [serverFull],
      [says('Eine Fä'), ends('length')],
      [serverFull],
      [says(' Fähre.'), ends('stop')],
    ];
    const runs = room.create();
    const first = runs.start(use('summarise'));
    await room.end(runs, first);
    const answer = await room.end(runs, runs.start({ ...question, conversationId: first.conversationId, text: text_ }));
    expect(answer).toMatchObject({ state: 'cut', text: 'Eine Fä', receipt: { basis } });
    const turns = room.asked[2]?.messages.map(({ text: turn }) => turn) ?? [];
    expect(turns[1]).not.toContain('The ferry leaves');
    expect(turns[2]).toBe('A ferry.');
    expect(turns[3]?.endsWith(text_)).toBe(true);
    expect(await room.end(runs, runs.continue(first.conversationId))).toMatchObject({
      state: 'complete',
      text: 'Eine Fähre.',
      receipt: { basis },
    });
    expect(room.asked[4]?.messages).toEqual(room.asked[2]?.messages);
  });

  it('that loses messages but none about its text is made with that text', async () => {
    room.given = [
      [says('Fine.'), ends('stop')],
      [says('A tide.'), ends('stop')],
      [{ type: 'messages-dropped', count: 2 }],
    ];
    room.given[2]?.push(says('So.'), ends('stop'));
    const runs = room.create();
    const { conversationId } = runs.start(question);
    await vi.waitFor(() => expect(runs.runIdOf(conversationId)).toBeNull());
    await room.end(runs, runs.start({ ...use('summarise'), conversationId }));
    const answer = await room.end(runs, runs.start({ ...question, conversationId }));
    expect(answer?.text).toBe('So.');
    expect(answer?.receipt?.basis).toEqual({ type: 'whole' });
    expect(room.asked).toHaveLength(3);
  });
});
