import { describe, expect, it } from 'vitest';
import type { GenerateInput, IndexedPart, ModelPart } from '../../../contract/engine.ts';
import type { Entry } from '../../../contract/receipt.ts';
import { noteCalls } from '../../../core/answers/asked-model.ts';
import type { LanguageModel } from '../../../models/language-model.ts';
import { collect, ends, says, scriptedModel, usage } from '../../support/asked-question.ts';

const input: GenerateInput = {
  ...{ messages: [{ role: 'user', text: 'Why?' }], sampling: { temperature: 0 }, maxTokens: 9 },
  ...{ thinking: 'off', hints: {} },
};
const { signal } = new AbortController();

function noted(given: readonly (readonly ModelPart[])[], changes: Partial<LanguageModel> = {}) {
  const entries: Entry[] = [];
  const { model } = scriptedModel(given);
  const identity = { id: 'm', name: 'M', where: 'server', host: 'api.example' } as const;
  const whole = { ...model, identity, warm: async () => {}, prefill: async () => {}, ...changes };
  return { entries, model: noteCalls(whole, (entry) => entries.push(entry)) };
}

describe('the calls of a model', () => {
  it('are an entry each, with who was asked and what it came to', async () => {
    const { entries, model } = noted([[says('So.'), ends]]);
    await collect(model.generate(input, signal));
    const { promptTokens, cachedTokens, outputTokens, contextTokens, droppedMessages } = usage;
    expect(entries).toEqual([
      {
        ...{ where: 'server', host: 'api.example', modelId: 'm', modelName: 'M', promptTokens, cachedTokens },
        ...{ outputTokens, contextTokens, droppedMessages, ms: expect.any(Number) },
      },
    ]);
  });

  it('of a list are noted one by one, also when one of them fails and the rest never begins', async () => {
    const crash: ModelPart = { type: 'failure', error: { code: 'server/cut', message: '' } };
    const { entries, model } = noted([[says('One.'), ends], [says('Tw'), crash], []]);
    await collect(model.generateEach([input, input, input], signal));
    expect(entries.map(({ outputTokens }) => outputTokens)).toEqual([1, null]);
  });

  it('are noted where nobody waits for their end', async () => {
    const { entries, model } = noted([[says('One.'), says('Two.'), ends]]);
    for await (const part of model.generate(input, signal)) if (part.type === 'text-delta') break;
    expect(entries).toMatchObject([{ outputTokens: null, ms: null }]);
  });

  it.each([
    ['offline/locked', 0],
    ['sending/no-receipt', 0],
    ['server/context-full', 1],
    ['model/context-full', 1],
  ] as const)('are those that a model saw: %s', async (code, count) => {
    const { entries, model } = noted([[{ type: 'failure', error: { code, message: '' } }]]);
    await collect(model.generate(input, signal));
    expect(entries).toHaveLength(count);
  });

  it.each<[string, readonly ModelPart[], readonly ModelPart['type'][]]>([
    ['falls silent', [says('So')], ['text-delta', 'failure']],
    ['ends twice', [says('So'), ends, { type: 'aborted' }], ['text-delta', 'finish']],
  ])('have one end each where a model %s', async (_, given, types) => {
    const { model } = noted([given]);
    const parts = await collect(model.generate(input, signal));
    expect(parts.map(({ type }) => type)).toEqual(types);
  });

  it('end in a failure where a model throws, and in an abort where it was stopped', async () => {
    const broken = async function* (): AsyncGenerator<ModelPart> {
      yield says('So');
      throw new Error('broken');
    };
    const { entries, model } = noted([], { generate: broken });
    expect((await collect(model.generate(input, signal))).at(-1)).toMatchObject({ type: 'failure' });
    expect((await collect(model.generate(input, AbortSignal.abort()))).at(-1)).toEqual({ type: 'aborted' });
    expect(entries).toHaveLength(2);
  });

  it('of a list end in a failure where one of them never ends: half a text passed for a whole one', async () => {
    const list = async function* (): AsyncGenerator<IndexedPart> {
      yield { index: 0, part: says('One.') };
      yield { index: 0, part: ends };
      yield { index: 1, part: says('Tw') };
    };
    const { model } = noted([], { generateEach: list });
    const last = (await collect(model.generateEach([input, input], signal))).at(-1);
    expect(last).toMatchObject({ index: 1, part: { type: 'failure', error: { code: 'model/crashed' } } });
  });
});
