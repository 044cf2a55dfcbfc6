import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FinishReason, ModelPart } from '../../../contract/engine.ts';
import type { Receipt } from '../../../contract/receipt.ts';
import type { RunPart } from '../../../contract/run.ts';
import { Answering, question } from '../../support/answering.ts';

const usage = { promptTokens: 1, cachedTokens: 0, outputTokens: 1, contextTokens: 9, droppedMessages: 0 };
const crash: ModelPart = { type: 'failure', error: { code: 'model/crashed', message: '', action: 'try-again' } };
const serverFull: ModelPart = { type: 'failure', error: { code: 'server/context-full', message: '' } };
const says = (text: string): ModelPart => ({ type: 'text-delta', text });
const ends = (reason: FinishReason): ModelPart => ({ type: 'finish', reason, usage });

describe('an answer', () => {
  let room: Answering;

  beforeEach(() => {
    room = new Answering();
  });
  afterEach(() => room.dispose());

  it('that was stopped before its first word still says where its question went: the footer said that nothing had left', async () => {
    room.where = 'server';
    room.given = [[{ type: 'aborted' }]];
    const runs = room.create();
    const started = runs.start(question);
    const call = { where: 'server', host: 'api.example', modelName: 'm' };
    const receipt = { entries: [call], basis: { type: 'whole' } } as unknown as Receipt;
    room.sent = { answerId: started.answerId, receipt };
    const finished: unknown[] = [];
    for await (const part of runs.attach(started.runId, new AbortController().signal))
      if (part.type === 'run-finished') finished.push(part);
    expect(finished).toMatchObject([{ state: 'stopped', receipt }]);
    expect(room.conversations.get(started.conversationId).messages.at(-1)).toMatchObject({ state: 'stopped', receipt });
  });

  it('ends for those who read it, also when its speed cannot be stored', async () => {
    room.given = [[says('It rains'), says(' because of clouds.'), ends('stop')]];
    room.diskFull = true;
    const runs = room.create();
    const { runId } = runs.start(question);
    const parts: RunPart[] = [];
    for await (const part of runs.attach(runId, AbortSignal.timeout(1000))) parts.push(part);
    expect(parts.at(-1)).toMatchObject({ type: 'run-finished', state: 'complete', error: null });
  });

  it('that fits no server and has no text says so', async () => {
    room.given = [[serverFull]];
    const runs = room.create();
    expect(await room.end(runs, runs.start(question))).toMatchObject({
      state: 'failed',
      error: { code: 'server/context-full' },
    });
    expect(room.asked).toHaveLength(1);
  });

  it.each<[string, ModelPart[], string]>([
    ['no words', [ends('stop')], 'run/empty-answer'],
    ['white space alone', [says(' \n'), says('  '), ends('stop')], 'run/empty-answer'],
    ['white space up to its limit', [says(' \n'), ends('length')], 'run/empty-answer'],
    ['thinking alone', [{ type: 'thinking-delta', text: 'Hm.' }, ends('stop')], 'run/only-thinking'],
    ['thinking up to its limit', [{ type: 'thinking-delta', text: 'Hm.' }, ends('length')], 'run/only-thinking'],
    ['text that was thought', [says('Hm.'), { type: 'text-was-thinking' }, ends('stop')], 'run/only-thinking'],
  ])('of %s is not whole, and says so', async (_, parts, code) => {
    room.given = [parts];
    const runs = room.create();
    expect(await room.end(runs, runs.start(question))).toMatchObject({
      state: 'failed',
      error: { code, action: 'try-again' },
      canGoOn: false,
    });
  });

  it.each<[string, ModelPart[], object]>([
    ['before a word', [crash], {}],
    ['after white space', [says(' \n'), crash], {}],
    ['after thinking alone', [{ type: 'thinking-delta', text: 'Hm.' }, crash], {}],
    ['after a word', [says('Rain'), crash], { keepsText: 1 }],
    ['at its limit', [says('Rain'), ends('length')], { keepsText: 1 }],
    ['where the model is full', [says('Rain'), ends('full')], { keepsText: 1 }],
    ['at its limit while it thinks', [{ type: 'thinking-delta', text: 'Hm.' }, ends('length')], { context: 'limit' }],
  ])('that ends %s says that something is kept only where it is', async (_, parts, values) => {
    room.given = [parts];
    const runs = room.create();
    const { error } = (await room.end(runs, runs.start(question))) ?? {};
    expect(error?.values ?? {}).toEqual(values);
  });

  it('that ends since the model is full says so, and not that it is as long as one may be', async () => {
    room.given = [[says('Rain'), ends('full')], [ends('full')]];
    const runs = room.create();
    expect(await room.end(runs, runs.start(question))).toMatchObject({
      state: 'cut',
      error: { code: 'run/model-full' },
    });
    const other = await room.end(runs, runs.start({ ...question, questionId: 'another' }));
    expect(other).toMatchObject({ state: 'failed', error: { code: 'run/model-full' } });
  });

  it('takes back what turned out to be thought, for those who read it and on the disk', async () => {
    const fence = '"""\n';
    room.given = [
      [
        says(`${fence}Rain be`),
        says('cause.'),
        { type: 'text-was-thinking' },
        says('Because of '),
        says('clouds.'),
        ends('stop'),
      ],
    ];
    const runs = room.create();
    const started = runs.start({ ...question, chipIds: ['chip'] });
    let text = '';
    let thinking = '';
    for await (const part of runs.attach(started.runId, new AbortController().signal)) {
      if (part.type === 'run-caught-up') ({ text, thinking } = part);
      if (part.type === 'text-delta') text += part.text;
    }
    expect({ text, thinking }).toEqual({ text: 'Because of clouds.', thinking: 'Rain because.' });
    expect(room.conversations.get(started.conversationId).messages.at(-1)).toMatchObject({
      state: 'complete',
      text: 'Because of clouds.',
      thinking: 'Rain because.',
    });
  });

  it('that fails after its first words is cut, for whatever cause, and is gone on with', async () => {
    const error = { code: 'server/filtered', message: '', values: { host: 'h' }, action: 'choose-model' } as const;
    room.given = [[says('It rains'), { type: 'failure', error }]];
    const runs = room.create();
    expect(await room.end(runs, runs.start(question))).toMatchObject({
      state: 'cut',
      text: 'It rains',
      error,
      canGoOn: true,
    });
  });
});
