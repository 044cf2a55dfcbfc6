import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GenerateInput } from '../../contract/engine.ts';
import { Egress } from '../../core/egress/egress.ts';
import { known, type Provider, providers } from '../../models/providers/provider.ts';
import { createProviderModel } from '../../models/providers/provider-model.ts';
import { collect, input } from '../support/language-model-suite.ts';

type Json = Readonly<Record<string, unknown>>;

const connection = new Egress({ isOffline: () => false, log: { write: () => {} } }).fetchFor('answer', () => {});
const mock = new LLMock({ port: 0 });
const clouds = providers.filter(({ group }) => group !== 'own');
const usage = {
  ...{ prompt_tokens: 120, completion_tokens: 30, total_tokens: 150, input_tokens: 120, output_tokens: 30 },
  ...{ promptTokenCount: 120, candidatesTokenCount: 30, totalTokenCount: 150 },
};
const paths = { chat: '/v1', responses: '/v1', messages: '/v1', gemini: '/v1beta' } as const;

/** Asks a provider's model at the mock, with what left for it. */
async function asked(
  provider: Provider,
  words: string,
  more: Partial<GenerateInput> & { model?: string; cancelAt?: number } = {},
) {
  const { model = provider.models[0]?.id ?? 'm', cancelAt, ...rest } = more;
  const cancel = new AbortController();
  const closed: boolean[] = [];
  const address = `${mock.url}${paths[provider.protocol]}`;
  const bodies: Json[] = [];
  const created = createProviderModel({
    ...{ id: 's', name: 'M', address, host: new URL(address).host, provider, model },
    fetch: (url, init) => {
      bodies.push(JSON.parse(String(init?.body)) as Json);
      init?.signal?.addEventListener('abort', () => closed.push(true));
      return connection(url, init);
    },
    readKey: () => Promise.resolve('sk-some-key'),
  });
  const outcome = await collect(created, input(words, { maxTokens: 2048, ...rest }), {
    signal: cancel.signal,
    onText: (soFar) => {
      if (soFar.length >= (cancelAt ?? Number.POSITIVE_INFINITY)) cancel.abort();
    },
  });
  return { ...outcome, bodies, closed, sent: bodies.at(-1) ?? {} };
}

beforeAll(async () => {
  mock.onMessage(/^KEY/, { error: { message: 'Incorrect API key provided' }, status: 401 });
  mock.onMessage(/^MONEY/, { error: { message: 'Insufficient balance' }, status: 402 });
  mock.onMessage(/^BUSY/, { error: { message: 'Too many requests' }, status: 429 });
  mock.onMessage(/^LONG/, { content: 'The sea was wide and grey. '.repeat(80) }, { latency: 5, chunkSize: 8 });
  mock.onMessage(/^THINK/, { content: 'It is four.', reasoning: 'Two and two.', usage }, { chunkSize: 3 });
  mock.onMessage(/./, { content: 'one two three four five six', usage }, { chunkSize: 5 });
  await mock.start();
});

afterAll(() => mock.stop());

describe.each(clouds.map((provider) => [provider.id, provider] as const))('%s', (_, provider) => {
  it('streams an answer and counts it, with its length bounded and its strictest control asked for', async () => {
    const { parts, text, last, sent } = await asked(provider, 'Count.');
    expect(parts.filter(({ type }) => type === 'text-delta').length).toBeGreaterThan(1);
    expect(text).toBe('one two three four five six');
    expect(last).toMatchObject({ type: 'finish', usage: { promptTokens: 120, outputTokens: 30 } });
    const inner = (sent['generationConfig'] ?? {}) as Json;
    const field = known(provider.limitField) ?? 'max_tokens';
    expect({ ...sent, ...inner }[field]).toBe(2048);
    expect(sent).toMatchObject(known(provider.policy.control)?.body ?? {});
  });

  it('is asked to think or not as its row says, and to think little where it always does', async () => {
    const switches = known(provider.thinking);
    if (provider.protocol !== 'chat' || switches === null) return;
    for (const { id, thinks } of provider.models.filter((model) => model.thinks !== 'unknown')) {
      const on = (await asked(provider, 'Count.', { model: id, thinking: 'on' })).sent;
      const off = (await asked(provider, 'Count.', { model: id, thinking: 'off' })).sent;
      const wanted = thinks === 'switch' ? switches : { on: {}, off: switches.always ?? {} };
      expect(on).toMatchObject(wanted.on);
      expect(off).toMatchObject(wanted.off);
      for (const name of Object.keys(switches.off)) expect(name in off, `${id} ${name}`).toBe(name in wanted.off);
    }
  });

  it('keeps what was thought apart from the answer, with thinking on and with it off', async () => {
    for (const thinking of ['on', 'off'] as const) {
      const { text, thinking: thought, last, bodies } = await asked(provider, 'THINK of two and two.', { thinking });
      expect({ text, thought }).toEqual({ text: 'It is four.', thought: 'Two and two.' });
      expect(last).toMatchObject({ type: 'finish', usage: { promptTokens: 120, outputTokens: 30 } });
      expect(bodies).toHaveLength(1);
    }
  });

  it('is cancelled in the middle: what came is kept, the connection is given up, and nothing is asked again', async () => {
    const { text, last, bodies, closed } = await asked(provider, 'LONG story.', { cancelAt: 24 });
    expect(last).toEqual({ type: 'aborted' });
    expect(text.length).toBeGreaterThanOrEqual(24);
    expect(text.length).toBeLessThan(1000);
    expect({ asked: bodies.length, closed }).toEqual({ asked: 1, closed: [true] });
  });

  it.each([
    ['KEY', 'server/wrong-key'],
    ['MONEY', 'server/no-balance'],
    ['BUSY', 'server/busy'],
  ])('tells apart what is wrong with the account, and asks once: %s', async (word, code) => {
    const { last, bodies } = await asked(provider, `${word} Count.`);
    expect(last).toMatchObject({ type: 'failure', error: { code } });
    expect(bodies).toHaveLength(1);
  });
});

describe('the thinking of what the packages speak', () => {
  const of = (id: string) => clouds.find((provider) => provider.id === id) as Provider;

  it('is turned off where that is asked for, and left alone where it is not', async () => {
    const openai = await asked(of('openai'), 'Count.', { model: 'gpt-5.4-nano', thinking: 'off' });
    const claude = await asked(of('anthropic'), 'Count.', { thinking: 'off' });
    const gemini = await asked(of('gemini'), 'Count.', { model: 'gemini-2.5-flash-lite', thinking: 'off' });
    expect(openai.sent['reasoning']).toEqual({ effort: 'none' });
    expect(claude.sent['thinking']).toEqual({ type: 'disabled' });
    expect(gemini.sent['generationConfig']).toMatchObject({ thinkingConfig: { thinkingBudget: 0 } });
    for (const [id, field] of [
      ['openai', 'reasoning'],
      ['anthropic', 'thinking'],
    ] as const)
      expect((await asked(of(id), 'Count.', { thinking: 'on' })).sent).not.toHaveProperty(field);
  });

  it('sends no sampling where another than its own is refused', async () => {
    const claude = await asked(of('anthropic'), 'Count.', { sampling: { temperature: 0.2, topP: 0.9 } });
    expect(claude.sent).not.toHaveProperty('temperature');
    expect(claude.sent).not.toHaveProperty('top_p');
  });
});
