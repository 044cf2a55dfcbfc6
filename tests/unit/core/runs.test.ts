import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Receipt } from '../../../contract/conversation.ts';
import type { FinishReason, GenerateInput, ModelPart } from '../../../contract/engine.ts';
import type { RunPart } from '../../../contract/run.ts';
import { Atoms } from '../../../core/atoms/atoms.ts';
import type { Attachment } from '../../../core/attachment.ts';
import { Conversations } from '../../../core/conversations/conversations.ts';
import { openDatabase } from '../../../core/database/open-database.ts';
import { wholeWordsOf } from '../../../core/prompts/continue-from.ts';
import { Runs } from '../../../core/runs/runs.ts';
import { localCapabilities } from '../../../models/engine/local-capabilities.ts';
import { type LanguageModel, oneAfterAnother } from '../../../models/language-model.ts';
import { serverCapabilities } from '../../../models/openai-compatible/server-capabilities.ts';

const usage = { promptTokens: 1, cachedTokens: 0, outputTokens: 1, contextTokens: 9, droppedMessages: 0 };
const crash: ModelPart = { type: 'failure', error: { code: 'model/crashed', message: '', action: 'try-again' } };
const full: ModelPart = { type: 'failure', error: { code: 'model/context-full', message: '' } };
const serverFull: ModelPart = { type: 'failure', error: { code: 'server/context-full', message: '' } };
const says = (text: string): ModelPart => ({ type: 'text-delta', text });
const ends = (reason: FinishReason): ModelPart => ({ type: 'finish', reason, usage });

describe('an answer', () => {
  let folder: string;
  let open: ReturnType<typeof openDatabase>;
  let conversations: Conversations;
  let asked: GenerateInput[];
  /** What the model gives to each request, in order. */
  let given: ModelPart[][];
  let text: string;
  let diskFull: boolean;
  /** What the receipts say of a question that went to a server. */
  let sent: { readonly answerId: string; readonly receipt: Receipt } | null;
  let where: 'device' | 'server';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-runs-'));
    open = openDatabase(join(folder, 'beckon.db'));
    sent = null;
    const receiptsOf = () => new Map(sent === null ? [] : [[sent.answerId, sent.receipt] as const]);
    conversations = new Conversations(open.database, () => {}, undefined, null, receiptsOf);
    asked = [];
    given = [];
    text = 'A text.';
    diskFull = false;
    where = 'device';
  });

  afterEach(() => {
    conversations.dispose();
    open.database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function create(): Runs {
    const model: LanguageModel = {
      identity: { id: 'm', name: 'M', where, host: null },
      capabilities: where === 'device' ? localCapabilities : serverCapabilities,
      warm: async () => {},
      prefill: async () => {},
      generateEach: (inputs, signal) => oneAfterAnother(model.generate, inputs, signal),
      async *generate(input) {
        asked.push(input);
        for (const part of given[asked.length - 1] ?? []) {
          // Long enough to be measured.
          if (diskFull) await setTimeout(60);
          yield part;
        }
      },
    };
    const none = { application: null, title: null, positions: null, targetId: null, editable: true, needsFocus: false };
    const attachment = (): Attachment => ({ kind: 'selection', text, ...none });
    const atoms = new Atoms(join(folder, 'atoms'), () => conversations.actionUse());
    atoms.refresh();
    return new Runs({
      conversations,
      readQuestion: (question) => question,
      takeChips: (chipIds) => chipIds.map(attachment),
      whyNothing: () => null,
      chooseAction: (actionId) => atoms.use(actionId, 'en'),
      nameOf: (action) => action.name.en,
      onAsked: () => {},
      chooseModel: async () => ({ model, sampling: { temperature: 0 } }),
      onMeasured: () => {
        if (diskFull) throw new Error('database or disk is full');
      },
      onChange: () => {},
    });
  }

  async function end(runs: Runs, started: { readonly runId: string; readonly conversationId: string }) {
    for await (const _ of runs.attach(started.runId, new AbortController().signal));
    return conversations.get(started.conversationId).messages.at(-1);
  }

  const question = {
    conversationId: null,
    text: 'Why?',
    modelId: null,
    editsMessageId: null,
    actionId: null,
    chipIds: [],
  };
  const use = (actionId: string) => ({ ...question, text: '', actionId, chipIds: ['chip'] });

  it('that was stopped before its first word still says where its question went: the footer said that nothing had left', async () => {
    where = 'server';
    given = [[{ type: 'aborted' }]];
    const runs = create();
    const started = runs.start(question);
    const receipt = { where: 'server', host: 'api.example', modelName: 'm' } as Receipt;
    sent = { answerId: started.answerId, receipt };
    const finished: unknown[] = [];
    for await (const part of runs.attach(started.runId, new AbortController().signal))
      if (part.type === 'run-finished') finished.push(part);
    expect(finished).toMatchObject([{ state: 'stopped', receipt }]);
    expect(conversations.get(started.conversationId).messages.at(-1)).toMatchObject({ state: 'stopped', receipt });
  });

  it('that is as long as one may be says so, and is gone on with', async () => {
    given = [
      [says('It rains be'), ends('length')],
      [says(' because of'), says(' clouds.'), ends('stop')],
    ];
    const runs = create();
    const first = runs.start(question);
    expect(await end(runs, first)).toMatchObject({ state: 'cut', error: { code: 'run/answer-length' }, canGoOn: true });
    const whole = await end(runs, runs.continue(first.conversationId));
    expect(whole).toMatchObject({ id: first.answerId, state: 'complete', error: null, canGoOn: false });
    expect(whole?.text).toBe('It rains because of clouds.');
    expect(asked.map(({ hints }) => hints.continueFrom?.text)).toEqual([undefined, 'It rains']);
    expect(() => runs.continue(first.conversationId)).toThrow(expect.objectContaining({ code: 'run/cannot-continue' }));
  });

  it('ends for those who read it, also when its speed cannot be stored', async () => {
    given = [[says('It rains'), says(' because of clouds.'), ends('stop')]];
    diskFull = true;
    const runs = create();
    const { runId } = runs.start(question);
    const parts: RunPart[] = [];
    for await (const part of runs.attach(runId, AbortSignal.timeout(1000))) parts.push(part);
    expect(parts.at(-1)).toMatchObject({ type: 'run-finished', state: 'complete', error: null });
  });

  it('loses nothing when going on fails before its first word, and can be gone on with again', async () => {
    given = [[says('It rains be'), crash], [crash], [says(' because.'), ends('stop')]];
    const runs = create();
    const first = runs.start(question);
    await end(runs, first);
    const failed = await end(runs, runs.continue(first.conversationId));
    expect(failed).toMatchObject({ state: 'cut', text: 'It rains be', canGoOn: true });
    expect((await end(runs, runs.continue(first.conversationId)))?.text).toBe('It rains because.');
  });

  it('about a text as long as itself asks for room for both, and is made in parts where there is none', async () => {
    text = 'One sentence of some words. '.repeat(500);
    given = [
      [full],
      [says('First. '), ends('stop')],
      [says('Second. '), ends('length')],
      [says('Third.'), ends('stop')],
    ];
    const runs = create();
    const answer = await end(runs, runs.start(use('correct')));
    expect(asked.map(({ hints }) => hints.expectLong)).toEqual([true, undefined, undefined, undefined]);
    // One of the parts was cut: the whole is, and has no one place to go on from.
    expect(answer).toMatchObject({ state: 'cut', error: { code: 'run/answer-length' }, canGoOn: false });
  });

  it('that is shorter than its text asks for no more room than usual', async () => {
    given = [[says('Short.'), ends('stop')]];
    const runs = create();
    expect(await end(runs, runs.start(use('summarise')))).toMatchObject({ state: 'complete', text: 'Short.' });
    expect(asked[0]?.hints).not.toHaveProperty('expectLong');
  });

  it.each(['Translate it into German', '总结成一句话', 'Why?'])(
    'about an earlier text that fits no more is made from what was said about it: %s',
    async (text) => {
      const tide = { type: 'messages-dropped', count: 2 } as const;
      given = [
        [says('The tide comes twice a day.'), ends('stop')],
        [tide, says('What?'), ends('stop')],
        [says('Zweimal.'), ends('stop')],
      ];
      const runs = create();
      const first = runs.start(use('summarise'));
      await end(runs, first);
      const answer = await end(runs, runs.start({ ...question, conversationId: first.conversationId, text }));
      expect(answer).toMatchObject({ state: 'complete', text: 'Zweimal.', receipt: { lostTexts: 1 } });
      const [system, summarise, summary, last] = asked[2]?.messages ?? [];
      expect(system?.role).toBe('system');
      expect(summarise?.text).not.toContain('A text.');
      expect([summary?.text, last?.text]).toEqual(['The tide comes twice a day.', text]);
    },
  );

  it.each([
    // A summary asks for the whole: nothing of the earlier text can stand for it.
    ['what was said about it', 'Summarise that in German', { lostTexts: 1 }],
    ['its passages', 'When did the ferry leave?', { places: [{ places: [{ unit: 'line' }] }] }],
  ])('about an earlier text that is too long for a server is made from %s', async (_, text_, receipt) => {
    where = 'server';
    text = 'The ferry leaves at noon. '.repeat(20);
    given = [
      [says('A ferry.'), ends('stop')],
      [serverFull],
      [says('Eine Fä'), ends('length')],
      [serverFull],
      [says(' Fähre.'), ends('stop')],
    ];
    const runs = create();
    const first = runs.start(use('summarise'));
    await end(runs, first);
    const answer = await end(runs, runs.start({ ...question, conversationId: first.conversationId, text: text_ }));
    expect(answer).toMatchObject({ state: 'cut', text: 'Eine Fä', receipt });
    const turns = asked[2]?.messages.map(({ text: turn }) => turn) ?? [];
    expect(turns[1]).not.toContain('The ferry leaves');
    expect(turns[2]).toBe('A ferry.');
    expect(turns[3]?.endsWith(text_)).toBe(true);
    expect(await end(runs, runs.continue(first.conversationId))).toMatchObject({
      state: 'complete',
      text: 'Eine Fähre.',
      receipt,
    });
    expect(asked[4]?.messages).toEqual(asked[2]?.messages);
  });

  it('that fits no server and has no text says so', async () => {
    given = [[serverFull]];
    const runs = create();
    expect(await end(runs, runs.start(question))).toMatchObject({
      state: 'failed',
      error: { code: 'server/context-full' },
    });
    expect(asked).toHaveLength(1);
  });

  it('that loses messages but none about its text is made with that text', async () => {
    given = [[says('Fine.'), ends('stop')], [says('A tide.'), ends('stop')], [{ type: 'messages-dropped', count: 2 }]];
    given[2]?.push(says('So.'), ends('stop'));
    const runs = create();
    const { conversationId } = runs.start(question);
    await vi.waitFor(() => expect(runs.runIdOf(conversationId)).toBeNull());
    await end(runs, runs.start({ ...use('summarise'), conversationId }));
    const answer = await end(runs, runs.start({ ...question, conversationId }));
    expect(answer?.text).toBe('So.');
    expect(answer?.receipt).not.toHaveProperty('lostTexts');
    expect(asked).toHaveLength(3);
  });

  it('that fills the model says that it cannot be gone on with, and keeps what there is', async () => {
    given = [[says('Very long. '), ends('length')], [full]];
    const runs = create();
    const first = runs.start(use('summarise'));
    await end(runs, first);
    const answer = await end(runs, runs.continue(first.conversationId));
    expect(answer).toMatchObject({ state: 'cut', error: { code: 'run/cannot-continue' }, canGoOn: false });
    expect(answer?.text.trim()).toBe('Very long.');
  });

  it.each<[string, ModelPart[], string]>([
    ['no words', [ends('stop')], 'run/empty-answer'],
    ['white space alone', [says(' \n'), says('  '), ends('stop')], 'run/empty-answer'],
    ['white space up to its limit', [says(' \n'), ends('length')], 'run/empty-answer'],
    ['thinking alone', [{ type: 'thinking-delta', text: 'Hm.' }, ends('stop')], 'run/only-thinking'],
    ['thinking up to its limit', [{ type: 'thinking-delta', text: 'Hm.' }, ends('length')], 'run/only-thinking'],
    ['text that was thought', [says('Hm.'), { type: 'text-was-thinking' }, ends('stop')], 'run/only-thinking'],
  ])('of %s is not whole, and says so', async (_, parts, code) => {
    given = [parts];
    const runs = create();
    expect(await end(runs, runs.start(question))).toMatchObject({
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
    given = [parts];
    const runs = create();
    const { error } = (await end(runs, runs.start(question))) ?? {};
    expect(error?.values ?? {}).toEqual(values);
  });

  it('that ends since the model is full says so, and not that it is as long as one may be', async () => {
    given = [[says('Rain'), ends('full')], [ends('full')]];
    const runs = create();
    expect(await end(runs, runs.start(question))).toMatchObject({ state: 'cut', error: { code: 'run/model-full' } });
    const other = await end(runs, runs.start({ ...question, questionId: 'another' }));
    expect(other).toMatchObject({ state: 'failed', error: { code: 'run/model-full' } });
  });

  it('takes back what turned out to be thought, for those who read it and on the disk', async () => {
    const fence = '"""\n';
    given = [
      [
        says(`${fence}Rain be`),
        says('cause.'),
        { type: 'text-was-thinking' },
        says('Because of '),
        says('clouds.'),
        ends('stop'),
      ],
    ];
    const runs = create();
    const started = runs.start({ ...question, chipIds: ['chip'] });
    let text = '';
    let thinking = '';
    for await (const part of runs.attach(started.runId, new AbortController().signal)) {
      if (part.type === 'run-caught-up') ({ text, thinking } = part);
      if (part.type === 'text-delta') text += part.text;
    }
    expect({ text, thinking }).toEqual({ text: 'Because of clouds.', thinking: 'Rain because.' });
    expect(conversations.get(started.conversationId).messages.at(-1)).toMatchObject({
      state: 'complete',
      text: 'Because of clouds.',
      thinking: 'Rain because.',
    });
  });

  it('that is gone on with keeps what there was when the rest turns out to begin with a thought', async () => {
    given = [
      [says('It rains because of '), ends('length')],
      [says('Hm.'), { type: 'text-was-thinking' }, says(' clouds.'), ends('stop')],
    ];
    const runs = create();
    const first = runs.start(question);
    await end(runs, first);
    expect(await end(runs, runs.continue(first.conversationId))).toMatchObject({
      state: 'complete',
      text: 'It rains because of clouds.',
      thinking: 'Hm.',
    });
  });

  it('that fails after its first words is cut, for whatever cause, and is gone on with', async () => {
    const error = { code: 'server/filtered', message: '', values: { host: 'h' }, action: 'choose-model' } as const;
    given = [[says('It rains'), { type: 'failure', error }]];
    const runs = create();
    expect(await end(runs, runs.start(question))).toMatchObject({
      state: 'cut',
      text: 'It rains',
      error,
      canGoOn: true,
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
