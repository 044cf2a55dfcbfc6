import { describe, expect, it } from 'vitest';
import { Egress } from '../../core/egress/egress.ts';
import { type Provider, providerOf } from '../../models/providers/provider.ts';
import { createProviderModel } from '../../models/providers/provider-model.ts';
import { beginStream, RoughServer } from '../fakes/rough-server.ts';
import { collect, input } from '../support/language-model-suite.ts';

const connection = new Egress({ isOffline: () => false, log: { write: () => {} } }).fetchFor('answer', () => {});
const openai = ['input_tokens', 'output_tokens'] as const;
const start = { id: 'm', type: 'message', role: 'assistant', model: 'm', content: [], usage: 'COUNTS' };

/** Whole answers of each protocol, with what stands for their counts. */
const protocols = {
  responses: {
    ...{ provider: 'openai', path: '/v1', names: openai },
    events: [
      { type: 'response.created', response: { id: 'r', created_at: 1, model: 'm' } },
      { type: 'response.output_text.delta', item_id: 'i', output_index: 0, content_index: 0, delta: 'Kept text' },
      { type: 'response.completed', response: { id: 'r', usage: 'COUNTS' } },
    ],
  },
  messages: {
    ...{ provider: 'anthropic', path: '/v1', names: openai },
    events: [
      { type: 'message_start', message: start },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Kept text' } },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: 'COUNTS' },
      { type: 'message_stop' },
    ],
  },
  gemini: {
    ...{ provider: 'gemini', path: '/v1beta', names: ['promptTokenCount', 'candidatesTokenCount'] as const },
    events: [
      { candidates: [{ content: { role: 'model', parts: [{ text: 'Kept text' }] }, index: 0 }] },
      { candidates: [{ content: { parts: [{ text: '' }] }, finishReason: 'STOP' }], usageMetadata: 'COUNTS' },
    ],
  },
};

async function askedOf(protocol: keyof typeof protocols, usage: string) {
  const { provider, path, events } = protocols[protocol];
  const body = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
  const server = await RoughServer.start((response) => {
    beginStream(response);
    response.end(body.replaceAll('"COUNTS"', usage));
  });
  const address = `${server.address.replace(/\/v1$/, '')}${path}`;
  const model = createProviderModel({
    ...{ id: 's', name: 'M', address, host: new URL(address).host, fetch: connection, model: 'm' },
    ...{ provider: providerOf(provider) as Provider, readKey: () => Promise.resolve('k') },
  });
  const outcome = await collect(model, input('Hello'));
  await server.stop();
  return outcome;
}

describe('counts of tokens that a server gives', () => {
  it.each(['responses', 'messages', 'gemini'] as const)(
    'cost no word of an answer where they cannot be read, and are none where they are zero, by %s',
    async (protocol) => {
      const [read, written] = protocols[protocol].names;
      const odd = ['null', '-3', '1e999', '"7"', '0', '1.5', '{"a":1}', 'true', '[]'];
      const counted = odd.map((one) => `{"${read}":${one},"${written}":${one}}`);
      for (const usage of [...counted, 'null', '[1]', '"many"', '7', `{"${read}":5}`]) {
        const { text, last } = await askedOf(protocol, usage);
        const told = last?.type === 'finish' ? last.usage : last;
        expect({ usage, text, told }).toMatchObject({ text: 'Kept text', told: { outputTokens: null } });
      }
      const { last } = await askedOf(protocol, `{"${read}":9,"${written}":3}`);
      expect(last).toMatchObject({ type: 'finish', usage: { promptTokens: 9, outputTokens: 3 } });
    },
  );
});
