import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FinishReason, ModelPart } from '../../../contract/engine.ts';
import { wholeWordsOf } from '../../../core/prompts/continue-from.ts';
import { Answering, question, use } from '../../support/answering.ts';

const usage = { promptTokens: 1, cachedTokens: 0, outputTokens: 1, contextTokens: 9, droppedMessages: 0 };
const crash: ModelPart = { type: 'failure', error: { code: 'model/crashed', message: '', action: 'try-again' } };
const full: ModelPart = { type: 'failure', error: { code: 'model/context-full', message: '' } };
const says = (text: string): ModelPart => ({ type: 'text-delta', text });
const ends = (reason: FinishReason): ModelPart => ({ type: 'finish', reason, usage });

describe('an answer that is gone on with', () => {
  let room: Answering;

  beforeEach(() => {
    room = new Answering();
  });
  afterEach(() => room.dispose());

  it('that is as long as one may be says so, and is gone on with', async () => {
    room.given = [
      [says('It rains be'), ends('length')],
      [says(' because of'), says(' clouds.'), ends('stop')],
    ];
    const runs = room.create();
    const first = runs.start(question);
    expect(await room.end(runs, first)).toMatchObject({
      state: 'cut',
      error: { code: 'run/answer-length' },
      canGoOn: true,
    });
    const whole = await room.end(runs, runs.continue(first.conversationId));
    expect(whole).toMatchObject({ id: first.answerId, state: 'complete', error: null, canGoOn: false });
    expect(whole?.text).toBe('It rains because of clouds.');
    expect(room.asked.map(({ hints }) => hints.continueFrom?.text)).toEqual([undefined, 'It rains']);
    expect(() => runs.continue(first.conversationId)).toThrow(expect.objectContaining({ code: 'run/cannot-continue' }));
  });

  it('loses nothing when going on fails before its first word, and can be gone on with again', async () => {
    room.given = [[says('It rains be'), crash], [crash], [says(' because.'), ends('stop')]];
    const runs = room.create();
    const first = runs.start(question);
    await room.end(runs, first);
    const failed = await room.end(runs, runs.continue(first.conversationId));
    expect(failed).toMatchObject({ state: 'cut', text: 'It rains be', canGoOn: true });
    expect((await room.end(runs, runs.continue(first.conversationId)))?.text).toBe('It rains because.');
  });

  // Its first word was half written: it was "failed", and nothing led on from there.
  it('that was broken off in its first word can be gone on with again when going on fails', async () => {
    room.given = [[says('Naïve'), crash], [crash], [says('Naïveté it is.'), ends('stop')]];
    const runs = room.create();
    const first = runs.start(question);
    expect(await room.end(runs, first)).toMatchObject({ state: 'cut', text: 'Naïve' });
    const failed = await room.end(runs, runs.continue(first.conversationId));
    expect(failed).toMatchObject({ state: 'cut', text: 'Naïve', canGoOn: true });
    expect((await room.end(runs, runs.continue(first.conversationId)))?.text).toBe('Naïveté it is.');
  });

  it('that is gone on with elsewhere says of both where they were made', async () => {
    room.given = [
      [says('It rains be'), crash],
      [says(' because.'), ends('stop')],
    ];
    room.where = 'server';
    const first = room.create().start(question);
    await vi.waitFor(() => expect(room.conversations.get(first.conversationId).messages.at(-1)?.state).toBe('cut'));
    room.where = 'device';
    const runs = room.create();
    const answer = await room.end(runs, runs.continue(first.conversationId));
    expect(answer?.receipt?.entries.map((entry) => entry.where)).toEqual(['server', 'device']);
    expect(answer?.receipt?.entries.map(({ outputTokens }) => outputTokens)).toEqual([null, 1]);
  });

  // Going on without a model wrote a receipt over that of the server: the footer said that nothing had left.
  it('still says where it was made when nobody is there to go on with it', async () => {
    room.given = [[says('It rains be'), crash]];
    room.where = 'server';
    const runs = room.create();
    const first = runs.start(question);
    const { receipt } = (await room.end(runs, first)) ?? {};
    room.hasModel = false;
    const failed = await room.end(runs, runs.continue(first.conversationId));
    expect(failed).toMatchObject({ state: 'cut', text: 'It rains be', error: { code: 'model/none' }, canGoOn: true });
    expect(failed?.receipt?.entries).toEqual(receipt?.entries);
  });

  it('that fills the model says that it cannot be gone on with, and keeps what there is', async () => {
    room.given = [[says('Very long. '), ends('length')], [full]];
    const runs = room.create();
    const first = runs.start(use('summarise'));
    await room.end(runs, first);
    const answer = await room.end(runs, runs.continue(first.conversationId));
    expect(answer).toMatchObject({ state: 'cut', error: { code: 'run/cannot-continue' }, canGoOn: false });
    expect(answer?.text.trim()).toBe('Very long.');
  });

  it('that is gone on with keeps what there was when the rest turns out to begin with a thought', async () => {
    room.given = [
      [says('It rains because of '), ends('length')],
      [says('Hm.'), { type: 'text-was-thinking' }, says(' clouds.'), ends('stop')],
    ];
    const runs = room.create();
    const first = runs.start(question);
    await room.end(runs, first);
    expect(await room.end(runs, runs.continue(first.conversationId))).toMatchObject({
      state: 'complete',
      text: 'It rains because of clouds.',
      thinking: 'Hm.',
    });
  });
});

describe('an answer that was broken off', () => {
  it.each([
    ['The master writes the na', 'The master writes the'],
    ['The master writes the ', 'The master writes the'],
    ['One.\nTwo.\n', 'One.\nTwo.\n'],
    ['- one\n- tw', '- one\n-'],
    ['港口在早上六点开', '港口在早上六点开'],
    ['It costs 1,2', 'It costs 1,'],
    ['Naïveté', ''],
    ['', ''],
  ])('is gone on from its last whole word: %j', (text, from) => {
    expect(wholeWordsOf(text)).toBe(from);
  });

  it('is gone on from where it stands after what is too long for a word', () => {
    const endless = 'a'.repeat(100_000);
    expect(wholeWordsOf(`One ${endless}`)).toBe(`One ${endless}`);
    expect(wholeWordsOf(`${endless}! Tw`)).toBe(`${endless}!`);
  });
});
