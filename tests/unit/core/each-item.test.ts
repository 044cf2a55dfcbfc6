import { describe, expect, it } from 'vitest';
import type { Step } from '../../../contract/atom-steps.ts';
import type { GenerateInput, IndexedPart, ModelPart } from '../../../contract/engine.ts';
import type { Entry } from '../../../contract/receipt.ts';
import { noteCalls } from '../../../core/answers/asked-model.ts';
import { answerBySteps } from '../../../core/answers/by-steps.ts';
import { CallsInOrder } from '../../../core/answers/calls-in-order.ts';
import type { PlanPart } from '../../../core/answers/plans/plan.ts';
import { localCapabilities } from '../../../models/engine/local-capabilities.ts';
import { type LanguageModel, oneAfterAnother } from '../../../models/language-model.ts';
import { serverCapabilities } from '../../../models/openai-compatible/server-capabilities.ts';
import { collect, ends, says } from '../../support/asked-question.ts';

const both = (text: string) => ({ en: text, 'zh-CN': text });
const lines: Step = { do: 'split', at: 'lines' };
const each: Step = { do: 'prompt', prompt: both('Say it.'), each: true };
const join: Step = { do: 'join', with: ',' };
const busy: ModelPart = {
  type: 'failure',
  error: { code: 'server/busy', message: 'busy', retry: { afterMs: 1 } },
};
type Answers = (item: string, tries: number) => readonly ModelPart[];

/** The line that was asked about: it stands alone between the marks of its prompt. */
const itemOf = (input: GenerateInput) => input.messages.at(-1)?.text.split('\n')[1] ?? '';

/** A server whose answers wait until they are let go by the name of their item; what it was asked, and how much at once. */
class HeldServer {
  readonly begun: string[] = [];
  readonly aborted: string[] = [];
  most = 0;
  readonly model: LanguageModel;
  readonly #gates = new Map<string, PromiseWithResolvers<void>>();
  #running = 0;

  constructor(atOnce: number, answer: Answers) {
    const generate = (input: GenerateInput, signal: AbortSignal) => this.#generate(itemOf(input), answer, signal);
    this.model = {
      identity: { id: 's', name: 's', where: 'server', host: 'h' },
      capabilities: { ...serverCapabilities, atOnce },
      generate,
      generateEach: (inputs, signal) => oneAfterAnother(generate, inputs, signal),
      prefill: async () => {},
      warm: async () => {},
    };
  }

  letGo(item: string): void {
    this.#gate(item).resolve();
  }

  #gate(item: string): PromiseWithResolvers<void> {
    const gate = this.#gates.get(item) ?? Promise.withResolvers<void>();
    this.#gates.set(item, gate);
    return gate;
  }

  async *#generate(item: string, answer: Answers, signal: AbortSignal): AsyncGenerator<ModelPart> {
    this.begun.push(item);
    const tries = this.begun.filter((one) => one === item).length;
    this.#running += 1;
    this.most = Math.max(this.most, this.#running);
    const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    await Promise.race([this.#gate(item).promise, stopped]);
    this.#running -= 1;
    if (signal.aborted) {
      this.aborted.push(item);
      return yield { type: 'aborted' };
    }
    yield* answer(item, tries);
  }
}

function start(server: HeldServer, text: string, signal = new AbortController().signal) {
  const entries: Entry[] = [];
  const calls = new CallsInOrder();
  const model = noteCalls(server.model, (entry, _, beganAt) => {
    entries.push(entry);
    calls.add(entry, beganAt);
  });
  const work = {
    ...({ steps: [lines, each, join], text, output: 'show', answerId: 'a', signal } as const),
    ...{ tools: { language: 'en' as const, now: new Date(), plainOf: (one: string) => one }, onPlan: () => {} },
    askModel: () => Promise.resolve({ model, sampling: { temperature: 0 } }),
  };
  const parts = collect<PlanPart>(answerBySteps(work));
  const ended = parts.then((all) => ({
    text: all.map((part) => (part.type === 'text-delta' ? part.text : '')).join(''),
    end: all.at(-1),
  }));
  return { ended, entries, calls };
}

/** A call of an item takes as many tokens as the item has in its name, so that its entry can be told. */
const tellsItself: Answers = (item) => [
  says(item.toUpperCase()),
  { ...ends, usage: { ...(ends as { usage: object }).usage, outputTokens: Number(item.slice(1)) } } as ModelPart,
];

describe('a step that is done with each item, by a server', () => {
  it('asks about several at once and no more, and keeps the order of the items whichever comes first', async () => {
    const server = new HeldServer(3, tellsItself);
    const { ended, entries, calls } = start(server, 'i1\ni2\ni3\ni4\ni5');
    await expect.poll(() => server.begun).toEqual(['i1', 'i2', 'i3']);
    server.letGo('i3');
    await expect.poll(() => server.begun).toEqual(['i1', 'i2', 'i3', 'i4']);
    for (const item of ['i2', 'i4', 'i5', 'i1']) server.letGo(item);
    expect(await ended).toEqual({ text: 'I1,I2,I3,I4,I5', end: { type: 'finish', reason: 'stop' } });
    expect(server.most).toBe(3);
    expect(entries.map(({ outputTokens }) => outputTokens)[0]).toBe(3);
    expect(calls.entries.map(({ outputTokens }) => outputTokens)).toEqual([1, 2, 3, 4, 5]);
  });

  it('asks a server that gains nothing from company one after another', async () => {
    const server = new HeldServer(1, tellsItself);
    const { ended } = start(server, 'i1\ni2\ni3');
    for (const item of ['i3', 'i2', 'i1']) server.letGo(item);
    expect((await ended).text).toBe('I1,I2,I3');
    expect(server.most).toBe(1);
  });

  it('asks once more about the items alone that a server was too busy for', async () => {
    const server = new HeldServer(3, (item, tries) =>
      item === 'i2' && tries === 1 ? [busy] : tellsItself(item, tries),
    );
    const { ended } = start(server, 'i1\ni2\ni3');
    for (const item of ['i1', 'i2', 'i3']) server.letGo(item);
    expect((await ended).text).toBe('I1,I2,I3');
    expect(server.begun.toSorted()).toEqual(['i1', 'i2', 'i2', 'i3']);
  });

  it('ends the others where one fails, and shows no half of it', async () => {
    const failure: ModelPart = { type: 'failure', error: { code: 'server/failed', message: 'no' } };
    const server = new HeldServer(3, (item, tries) => (item === 'i2' ? [failure] : tellsItself(item, tries)));
    const { ended } = start(server, 'i1\ni2\ni3\ni4');
    await expect.poll(() => server.begun.length).toBe(3);
    server.letGo('i2');
    expect(await ended).toMatchObject({ text: '', end: { type: 'failure', error: { code: 'server/failed' } } });
    await expect.poll(() => server.aborted.toSorted()).toEqual(['i1', 'i3']);
    expect(server.begun).not.toContain('i4');
  });

  it('keeps the answers before the first that is missing where it is stopped, and asks nothing more', async () => {
    const server = new HeldServer(3, tellsItself);
    const stop = new AbortController();
    const { ended } = start(server, 'i1\ni2\ni3\ni4\ni5', stop.signal);
    for (const item of ['i1', 'i3']) server.letGo(item);
    await expect.poll(() => server.begun.length).toBe(5);
    stop.abort();
    expect(await ended).toEqual({ text: 'I1', end: { type: 'aborted' } });
    expect(server.aborted.toSorted()).toEqual(['i2', 'i4', 'i5']);
  });
});

describe('a step that is done with each item, by an engine that writes several together', () => {
  function engine(answer: (item: string, input: GenerateInput) => readonly ModelPart[]) {
    const lists: number[] = [];
    const alone: string[] = [];
    const model: LanguageModel = {
      identity: { id: 'e', name: 'e', where: 'device', host: null },
      capabilities: localCapabilities,
      async *generate(input) {
        alone.push(itemOf(input));
        yield* answer(itemOf(input), input);
      },
      async *generateEach(inputs): AsyncGenerator<IndexedPart> {
        lists.push(inputs.length);
        for (const [at, input] of [...inputs.entries()].toReversed())
          for (const part of answer(itemOf(input), input)) yield { index: at, part };
      },
      prefill: async () => {},
      warm: async () => {},
    };
    const run = async (steps: readonly Step[], text: string) => {
      const work = {
        ...({ steps, text, output: 'show', answerId: 'a', signal: new AbortController().signal } as const),
        ...{ tools: { language: 'en' as const, now: new Date(), plainOf: (one: string) => one }, onPlan: () => {} },
        askModel: () => Promise.resolve({ model, sampling: { temperature: 0 } }),
      };
      const parts = await collect<PlanPart>(answerBySteps(work));
      return parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('');
    };
    return { run, lists, alone };
  }

  it('asks about all of them as one list, in the order of the items', async () => {
    const { run, lists, alone } = engine((item) => [says(item.toUpperCase()), ends]);
    expect(await run([lines, each, join], 'a\nb\nc\nd')).toBe('A,B,C,D');
    expect([lists, alone]).toEqual([[4], []]);
  });

  it('asks by itself, with room for a long one, about what did not end in the list', async () => {
    const cut = { ...ends, reason: 'length' } as ModelPart;
    const { run, lists, alone } = engine((item, { maxTokens }) =>
      item === 'b' && maxTokens < 1000 ? [says('half'), cut] : [says(item.toUpperCase()), ends],
    );
    expect(await run([lines, each, join], 'a\nb\nc\nd')).toBe('A,B,C,D');
    expect([lists, alone]).toEqual([[4], ['b']]);
  });

  it('holds every answer of a list to the schema, and asks about one that does not fit by itself', async () => {
    const step: Step = { ...each, schema: { type: 'integer' } } as Step;
    let tries = 0;
    const { run, alone } = engine((item, { answerSchema }) => {
      expect(answerSchema).toEqual({ type: 'integer' });
      if (item === 'c') tries += 1;
      return [says(item === 'c' && tries === 1 ? 'three' : '7'), ends];
    });
    expect(await run([lines, step, join], 'a\nb\nc\nd')).toBe('7,7,7,7');
    expect(alone).toEqual(['c']);
  });

  it('puts each item below its answer where the step says so, within its point of the list', async () => {
    const { run } = engine((item) => [says(item.toUpperCase()), ends]);
    const step: Step = { ...each, beside: true } as Step;
    expect(await run([lines, step, { do: 'join', mark: 'bullet' }], 'a\nb')).toBe('- A\n  > a\n- B\n  > b');
  });

  it('asks about fewer than an engine writes together one after another', async () => {
    const { run, lists, alone } = engine((item) => [says(item.toUpperCase()), ends]);
    expect(await run([lines, each, join], 'a\nb\nc')).toBe('A,B,C');
    expect([lists, alone]).toEqual([[], ['a', 'b', 'c']]);
  });
});
