import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GenerateInput, IndexedPart, ModelPart } from '../../../contract/engine.ts';
import type { Entry } from '../../../contract/receipt.ts';
import { noteCalls } from '../../../core/answers/asked-model.ts';
import type { LongText } from '../../../core/answers/long-text.ts';
import { parts as inParts } from '../../../core/answers/plans/parts.ts';
import type { PlanPart } from '../../../core/answers/plans/plan.ts';
import type { Question } from '../../../core/answers/question.ts';
import { quote } from '../../../core/prompts/delimiter.ts';
import { localCapabilities } from '../../../models/engine/local-capabilities.ts';
import { type LanguageModel, oneAfterAnother } from '../../../models/language-model.ts';
import { splitText } from '../../../text/split-text.ts';

describe('a long text in parts', () => {
  it('loses nothing, makes no part too long and breaks no character, whatever the text', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 2000 }),
      fc
        .array(fc.constantFrom('One sentence here. ', '一句话。', '\n\n', 'word ', '👩‍👩‍👧', 'x'.repeat(90)), {
          maxLength: 200,
        })
        .map((list) => list.join('')),
    );
    fc.assert(
      fc.property(texts, fc.integer({ min: 20, max: 300 }), (text, limit) => {
        const parts = splitText(text, limit);
        expect(parts.join('')).toBe(text);
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(limit);
          expect(part.isWellFormed() || !text.isWellFormed()).toBe(true);
        }
      }),
    );
  });

  it('cuts between paragraphs where it can', () => {
    const paragraph = 'Some words that make a paragraph. And a second sentence.';
    expect(splitText(`${paragraph}\n\n${paragraph}\n\n${paragraph}`, 120)).toEqual([
      `${paragraph}\n\n${paragraph}\n\n`,
      paragraph,
    ]);
  });

  const text = Array.from(
    { length: 300 },
    (_, index) => `Fact ${index} is told in this sentence, for what it is worth.`,
  ).join(' ');
  const base: GenerateInput = {
    messages: [{ role: 'user', text: '' }],
    sampling: { temperature: 0 },
    maxTokens: 99,
    thinking: 'off',
    hints: {},
  };

  /** What the plan makes of a text, how much of it that is from, and the calls that it took. */
  async function carryOut(model: LanguageModel, long: LongText, signal: AbortSignal = AbortSignal.timeout(5000)) {
    const question: Question = {
      ...{ messages: [], answerId: 'a', input: base, delimiters: [], before: '', long, about: null },
      lostTexts: () => 0,
    };
    const entries: Entry[] = [];
    const all: PlanPart[] = [];
    const asked = noteCalls(model, (entry) => entries.push(entry));
    for await (const part of inParts(question, asked, signal)) all.push(part);
    const bases = all.flatMap((part) => (part.type === 'made-from' ? [part.basis] : []));
    expect(bases).toHaveLength(1);
    const [basis] = bases;
    if (basis?.type !== 'parts') throw new Error(`it was made from ${basis?.type}`);
    const coverage = { read: basis.read, total: basis.total };
    return { parts: all.filter(({ type }) => type !== 'made-from'), coverage, entries };
  }

  /** Answers with what the prompt holds between its marks, shortened. */
  function echo(asked: GenerateInput[], failAt = -1, fullAt = -1, marked = false): LanguageModel {
    const model: LanguageModel = {
      generateEach: (inputs, signal) => oneAfterAnother(model.generate, inputs, signal),
      identity: { id: 'm', name: 'M', where: 'device', host: null },
      capabilities: localCapabilities,
      warm: async () => {},
      prefill: async () => {},
      async *generate(input): AsyncGenerator<ModelPart> {
        asked.push(input);
        yield { type: 'prompt-progress', done: 1, total: 3 };
        if (asked.length === failAt) return yield { type: 'failure', error: { code: 'model/crashed', message: 'x' } };
        const said = `${(input.messages[1]?.text ?? '').slice(4, 44)}.`;
        yield { type: 'text-delta', text: marked ? quote(said) : said };
        const usage = { promptTokens: 10, cachedTokens: 0, outputTokens: 5, contextTokens: 100, droppedMessages: 0 };
        yield { type: 'finish', reason: asked.length === fullAt ? 'length' : 'stop', usage };
      },
    };
    return model;
  }

  async function run(way: 'each' | 'merge', failAt = -1, fullAt = -1, marked = false) {
    const asked: GenerateInput[] = [];
    const long = { text, instruction: 'Do it.', way, language: 'en' as const };
    return { asked, ...(await carryOut(echo(asked, failAt, fullAt, marked), long)) };
  }

  it('reads every part for notes, then answers from all of them', async () => {
    const { asked, parts, coverage, entries } = await run('merge');
    const total = splitText(text, 6000).length;
    expect(total).toBeGreaterThan(2);
    expect(coverage).toEqual({ read: total, total });
    const whole = asked.map(({ messages }) => messages[1]?.text ?? '').join('');
    for (const index of [0, 57, 150, 299]) expect(whole).toContain(`Fact ${index} is`);
    expect(asked.at(-1)?.messages[1]?.text).toMatch(/notes on the consecutive parts of one text\. Do it\.$/);
    expect(parts.at(-1)).toMatchObject({ type: 'finish' });
    expect(entries.map(({ promptTokens }) => promptTokens)).toEqual(asked.map(() => 10));
    expect(parts.filter(({ type }) => type === 'text-delta')).toHaveLength(1);
    const progress = parts.flatMap((part) => (part.type === 'prompt-progress' ? [part.done / part.total] : []));
    expect(progress.length).toBeGreaterThan(total);
    expect(progress).toEqual([...progress].sort((one, other) => one - other));
    expect(progress.at(-1)).toBeGreaterThan(0.9);
  });

  it('gives the answers of the parts one after another where they stand for the text', async () => {
    const { asked, parts, coverage } = await run('each');
    expect(coverage?.read).toBe(coverage?.total);
    expect(asked).toHaveLength(coverage?.total ?? 0);
    expect(parts.filter(({ type }) => type === 'finish')).toHaveLength(1);
  });

  it.each(['each', 'merge'] as const)('leaves out the marks around the answer of each part (%s)', async (way) => {
    const { asked, parts } = await run(way, -1, -1, true);
    const answer = parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('');
    expect(answer).not.toContain('"');
    expect(answer).toMatch(/^Fact 0/);
    expect(asked.at(-1)?.messages[1]?.text.match(/"{3,}/g)).toEqual(['"""', '"""']);
  });

  it('says that it is cut when the answer of any part was', async () => {
    expect((await run('each', -1, 2)).parts.at(-1)).toMatchObject({ type: 'finish', reason: 'length' });
    expect((await run('each')).parts.at(-1)).toMatchObject({ type: 'finish', reason: 'stop' });
    // A note that is cut is still a note; only what the person reads counts.
    expect((await run('merge', -1, 2)).parts.at(-1)).toMatchObject({ type: 'finish', reason: 'stop' });
  });

  /** What comes of a list whose parts are written as `said` has it, all at once and in the order of `ends`. */
  async function runEach(said: (index: number) => string, ends: readonly number[]) {
    const parts = splitText(text, 6000);
    const usage = { promptTokens: 1, cachedTokens: 0, outputTokens: 1, contextTokens: 100, droppedMessages: 0 };
    const model: LanguageModel = {
      ...echo([]),
      async *generateEach(): AsyncGenerator<IndexedPart> {
        for (const index of ends) {
          yield { index, part: { type: 'text-delta', text: ' ' } };
          yield { index, part: { type: 'text-delta', text: said(index) } };
          yield { index, part: { type: 'finish', reason: 'stop', usage } };
        }
        if (ends.length < parts.length) yield { index: 0, part: { type: 'aborted' } };
      },
    };
    const long = { text, instruction: 'Do it.', way: 'each' as const, language: 'en' as const };
    const { parts: given, coverage } = await carryOut(model, long);
    const answer = given.map((part) => (part.type === 'text-delta' ? part.text : '')).join('');
    return { parts, answer, last: given.at(-1), coverage };
  }

  // Replace put the answer in the place of the text: what nothing was written of was deleted.
  it.each([[[0]], [[1]], [[0, 1]], [[2]]])('keeps the parts that nothing is written of: %j', async (empty) => {
    const { parts, answer, last, coverage } = await runEach(
      (index) => (empty.includes(index) ? '\n' : `Part ${index}.`),
      [1, 0, 2],
    );
    expect(parts).toHaveLength(3);
    const wanted = parts.map((part, index) => (empty.includes(index) ? part : ` Part ${index}. `)).join('');
    expect(answer.trim()).toBe(wanted.trim());
    expect(last).toMatchObject({ type: 'finish', reason: 'stop' });
    expect(coverage).toEqual({ read: 3 - empty.length, total: 3 });
  });

  it('is no answer when nothing is written of any part', async () => {
    const { answer, last, coverage } = await runEach(() => ' ', [0, 1, 2]);
    expect({ answer, coverage }).toEqual({ answer: '', coverage: { read: 0, total: 3 } });
    expect(last).toMatchObject({ type: 'failure', error: { code: 'run/nothing-noted' } });
  });

  it.each([
    [[1, 2], 0],
    [[0, 2], 1],
  ])('counts no part that is not in the answer: %j are written when it is stopped', async (ends, read) => {
    const { answer, coverage } = await runEach((index) => `Part ${index}.`, ends);
    expect(answer.trim()).toBe(read === 0 ? '' : 'Part 0.');
    expect(coverage).toEqual({ read, total: 3 });
  });

  it.each([
    ['some', (index: number) => index === 1],
    ['all', () => true],
  ])('does not count a part as read that nothing is noted of: %s', async (_, isEmpty) => {
    const asked: GenerateInput[] = [];
    const model = echo(asked);
    const generate = model.generate;
    const silent: LanguageModel = {
      ...model,
      generateEach: (inputs, signal) => oneAfterAnother(silent.generate, inputs, signal),
      async *generate(input, signal) {
        const empty = isEmpty(asked.length);
        for await (const part of generate(input, signal))
          yield empty && part.type === 'text-delta' ? { ...part, text: ' \n' } : part;
      },
    };
    const long = { text, instruction: 'Do it.', way: 'merge' as const, language: 'en' as const };
    const { parts, coverage } = await carryOut(silent, long);
    const total = splitText(text, 6000).length;
    expect(coverage).toEqual({ read: isEmpty(0) ? 0 : total - 1, total });
    if (!isEmpty(0)) return expect(parts.at(-1)).toMatchObject({ type: 'finish' });
    expect(parts.at(-1)).toMatchObject({ type: 'failure', error: { code: 'run/nothing-noted' } });
    expect(asked).toHaveLength(total);
  });

  it.each(['each', 'merge'] as const)('ends by name when a part fails (%s)', async (way) => {
    const { parts, coverage } = await run(way, 2);
    expect(parts.at(-1)).toMatchObject({ type: 'failure', error: { code: 'model/crashed' } });
    expect(coverage?.read).toBe(1);
  });

  /** A server that is too busy for its requests of these numbers, the first being 1. */
  function busyAt(asked: GenerateInput[], numbers: readonly number[], afterMs: number): LanguageModel {
    const model = echo(asked);
    const error = { code: 'server/busy' as const, message: '', retry: { afterMs } };
    const busy: LanguageModel = {
      ...model,
      generateEach: (inputs, signal) => oneAfterAnother(busy.generate, inputs, signal),
      async *generate(input, signal): AsyncGenerator<ModelPart> {
        if (!numbers.includes(asked.length + 1)) return yield* model.generate(input, signal);
        asked.push(input);
        yield { type: 'failure', error };
      },
    };
    return busy;
  }

  async function runBusy(way: 'each' | 'merge', numbers: readonly number[], afterMs: number, signal: AbortSignal) {
    const asked: GenerateInput[] = [];
    const long = { text, instruction: 'Do it.', way, language: 'en' as const };
    const { parts } = await carryOut(busyAt(asked, numbers, afterMs), long, signal);
    const answer = parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('');
    return { asked, answer, last: parts.at(-1) };
  }

  it.each([
    ['each', [2]],
    ['each', [1, 2, 4, 6]],
    ['merge', [2, 3]],
    // The three notes are there, and the answer from them is asked for.
    ['merge', [4, 5]],
  ] as const)('asks a busy server again, and loses nothing that is done (%s, %j)', async (way, numbers) => {
    const calm = await runBusy(way, [], 5, AbortSignal.timeout(5000));
    const { asked, answer, last } = await runBusy(way, numbers, 5, AbortSignal.timeout(5000));
    expect(last).toMatchObject({ type: 'finish', reason: 'stop' });
    expect(answer).toBe(calm.answer);
    expect(asked).toHaveLength(calm.asked.length + numbers.length);
  });

  it('says that a server is busy when it stays so, after some tries', async () => {
    const always = Array.from({ length: 50 }, (_, index) => index + 2);
    const { asked, last } = await runBusy('each', always, 1, AbortSignal.timeout(5000));
    expect(last).toMatchObject({ type: 'failure', error: { code: 'server/busy' } });
    expect(asked.length).toBeLessThan(10);
  });

  it('says at once that a server is busy which wants more to be waited than anybody would', async () => {
    // One that waited would be stopped before it said anything.
    const { asked, last } = await runBusy('each', [2], 120_000, AbortSignal.timeout(5000));
    expect(last).toMatchObject({ type: 'failure', error: { code: 'server/busy' } });
    expect(asked).toHaveLength(2);
  });

  it('stops while it waits for a busy server, and not when that wait is over', async () => {
    // The wait is longer than a case may take.
    const { last } = await runBusy('each', [2], 60_000, AbortSignal.timeout(30));
    expect(last).toEqual({ type: 'aborted' });
  });
});
