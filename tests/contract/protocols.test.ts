import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelPart } from '../../contract/engine.ts';
import { Egress } from '../../core/egress/egress.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import { type Provider, providerOf } from '../../models/providers/provider.ts';
import { createProviderModel } from '../../models/providers/provider-model.ts';
import { collect, describeLanguageModel, input } from '../support/language-model-suite.ts';

const connection = new Egress({ isOffline: () => false, log: { write: () => {} } }).fetchFor('answer', () => {});

const mock = new LLMock({ port: 0 });
const long = 'The sea was wide and grey, and the ship went on. '.repeat(60);

/** One provider a protocol, at the address that the mock has it at; the model is the first that switches its thinking. */
const protocols = [
  { protocol: 'chat', provider: 'deepseek', path: '/v1' },
  { protocol: 'responses', provider: 'openai', path: '/v1' },
  { protocol: 'messages', provider: 'anthropic', path: '/v1' },
  { protocol: 'gemini', provider: 'gemini', path: '/v1beta' },
] as const;

function modelOf(id: string, path: string, model?: string, fetch = connection): LanguageModel {
  const provider = providerOf(id) as Provider;
  const address = `${mock.url}${path}`;
  return createProviderModel({
    ...{ id: `server:s:${id}`, name: 'M', address, host: new URL(address).host, fetch, provider },
    model: model ?? provider.models.find(({ thinks }) => thinks === 'switch')?.id ?? 'm',
    readKey: () => Promise.resolve('sk-very-secret-key'),
  });
}

/** In the words of each protocol. */
const usage = {
  ...{ prompt_tokens: 120, completion_tokens: 30, total_tokens: 150, input_tokens: 120, output_tokens: 30 },
  ...{ promptTokenCount: 120, candidatesTokenCount: 30, totalTokenCount: 150 },
};

const sentTo = () => JSON.stringify(mock.getRequests().at(-1));

beforeAll(async () => {
  mock.onMessage(/^LONG/, { content: long }, { latency: 5, chunkSize: 8 });
  mock.onMessage(/^LIMIT/, { content: 'Once upon a time', finishReason: 'length' });
  // Asked for the rest, or left open at the end of the answer.
  const goesOn = (messages: readonly { readonly content?: unknown }[]) =>
    /broken off|four$/.test(JSON.stringify(messages.at(-1)?.content).replace(/"(?:\}\])?$/, ''));
  mock.on({ predicate: ({ messages }) => goesOn(messages) }, { content: 'five\nsix\nseven\n' });
  mock.onMessage(/再见/, { content: '再见，月亮 🌙' }, { chunkSize: 1 });
  mock.onMessage(/^THINK/, { content: 'It is four.', reasoning: 'Two and two.' });
  mock.onMessage(/^COUNTED/, {
    content: 'Counted.',
    usage,
  });
  mock.onMessage(/^KEY/, {
    error: { message: 'Incorrect API key provided', type: 'invalid_request_error' },
    status: 401,
  });
  mock.onMessage(/^MONEY/, {
    error: { message: 'You exceeded your current quota', code: 'insufficient_quota' },
    status: 429,
  });
  mock.onMessage(/^BUSY/, { error: { message: 'Rate limit reached, try again in 7s' }, status: 429 });
  mock.onMessage(/./, { content: 'one two three four five six seven eight nine ten', usage }, { chunkSize: 6 });
  await mock.start();
});

afterAll(() => mock.stop());

describe.each(protocols)('a model that is asked by $protocol', ({ provider, path }) => {
  describeLanguageModel(
    () => modelOf(provider, path),
    () => mock.getRequests().length,
  );

  it('keeps what was thought apart from the answer', async () => {
    const { text, thinking } = await collect(modelOf(provider, path), input('THINK What is two and two?'));
    expect({ text, thinking }).toEqual({ text: 'It is four.', thinking: 'Two and two.' });
  });

  it('counts what was read and written as the provider tells it', async () => {
    const { last } = await collect(modelOf(provider, path), input('COUNTED Say it.'));
    expect(last).toMatchObject({ type: 'finish', usage: { promptTokens: 120, outputTokens: 30 } });
  });

  it.each([
    ['KEY', 'server/wrong-key', undefined],
    ['MONEY', 'server/no-balance', undefined],
    // The mock asks for one second in a header, which goes before words.
    ['BUSY', 'server/busy', 1000],
  ])('tells apart what is wrong with the account: %s', async (word, code, waitMs) => {
    const before = mock.getRequests().length;
    const { last } = await collect(modelOf(provider, path), input(`${word} Hello`));
    expect(last).toMatchObject({ type: 'failure', error: { code, ...(waitMs ? { values: { waitMs } } : {}) } });
    // Nothing is asked twice that waiting cannot mend.
    expect(mock.getRequests().length).toBe(before + 1);
  });

  it('bounds the answer in every question, and says nothing of its key in what it tells', async () => {
    const parts: ModelPart[] = [];
    const signal = new AbortController().signal;
    for await (const part of modelOf(provider, path).generate(input('Hello', { maxTokens: 4096 }), signal))
      parts.push(part);
    expect(sentTo()).toContain('4096');
    expect(JSON.stringify(parts)).not.toContain('sk-very-secret-key');
  });
});

describe('the schema of an answer', () => {
  const closed = {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  };
  /** What a question says of it, as it leaves: the mock tells of every protocol in the words of one. */
  const ask = async (id: 'openai' | 'anthropic' | 'gemini', answerSchema: Record<string, unknown>) => {
    let sent: Record<string, unknown> = {};
    const noting: typeof fetch = (to, init) => {
      sent = JSON.parse(String(init?.body)) as Record<string, unknown>;
      return connection(to, init);
    };
    const path = protocols.find(({ provider }) => provider === id)?.path ?? '';
    const { text } = await collect(modelOf(id, path, undefined, noting), input('COUNTED', { answerSchema }));
    expect(text).toBe('Counted.');
    const { text: form, generationConfig, output_config: output, tools } = sent;
    return JSON.stringify({ form, generationConfig, output, tools });
  };

  it('is asked for by the mode of its protocol, strictly where all of it can be promised', async () => {
    expect(await ask('openai', closed)).toMatch(/"form":\{"format":\{"type":"json_schema","strict":true/);
    expect(await ask('openai', { ...closed, additionalProperties: true })).toContain('"strict":false');
    expect(await ask('openai', { ...closed, required: [] })).toContain('"strict":false');
    expect(await ask('gemini', closed)).toMatch(/"responseMimeType":"application\/json","responseJsonSchema":\{/);
  });

  it.each([
    ['anthropic', closed],
    ['openai', { type: 'array', items: { type: 'string' } }],
    ['gemini', { enum: ['a', 'b'] }],
  ] as const)(
    'is not asked for by a mode that %s has not for it: the words of the question say it',
    async (id, schema) => {
      expect(await ask(id, schema)).not.toMatch(/json|schema|format/i);
    },
  );
});
