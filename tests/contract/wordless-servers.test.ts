import { describe, expect, it } from 'vitest';
import { Egress } from '../../core/egress/egress.ts';
import { answerLimits } from '../../models/openai-compatible/limits.ts';
import { type Protocol, type Provider, providerOf } from '../../models/providers/provider.ts';
import { createProviderModel } from '../../models/providers/provider-model.ts';
import { beginStream, type RoughAnswer, RoughServer } from '../fakes/rough-server.ts';
import { collect, input } from '../support/language-model-suite.ts';

const connection = new Egress({ isOffline: () => false, log: { write: () => {} } }).fetchFor('answer', () => {});
const providers = { chat: 'deepseek', responses: 'openai', messages: 'anthropic', gemini: 'gemini' } as const;
const protocols = ['chat', 'responses', 'messages', 'gemini'] as const satisfies readonly Protocol[];

async function endOf(protocol: Protocol, answer: RoughAnswer) {
  const server = await RoughServer.start(answer);
  const { address } = server;
  const model = createProviderModel({
    ...{ id: 's', name: 'M', address, host: new URL(address).host, fetch: connection, model: 'm' },
    ...{ provider: providerOf(providers[protocol]) as Provider, readKey: () => Promise.resolve('k') },
    limits: { ...answerLimits, wordlessMs: 250 },
    ...{ firstByteMs: 5000, idleMs: 5000 },
  });
  const { last, text } = await collect(model, input('Hello'));
  await server.stop();
  return { text, end: last?.type === 'failure' ? last.error.code : last?.type };
}

const event = (value: object) => `data: ${JSON.stringify(value)}\n\n`;
const pieceOf = (delta: object) => event({ choices: [{ index: 0, delta, finish_reason: null }] });
const block = (type: string, delta: object) =>
  event({ type: 'content_block_start', index: 0, content_block: { type, [type]: '', signature: '' } }) +
  event({ type: 'content_block_delta', index: 0, delta });
const parts = (...of: readonly object[]) =>
  event({ candidates: [{ index: 0, content: { role: 'model', parts: of } }] });

const empty: Readonly<Record<Protocol, string>> = {
  chat: pieceOf({ role: 'assistant', content: '' }),
  responses: event({ type: 'response.output_text.delta', item_id: 'i', delta: '' }),
  messages: block('text', { type: 'text_delta', text: '' }),
  gemini: parts(),
};
const thought: Readonly<Record<Protocol, string>> = {
  chat: pieceOf({ reasoning_content: 'Hm. ' }),
  responses: event({ type: 'response.reasoning_summary_text.delta', item_id: 'i', summary_index: 0, delta: 'Hm. ' }),
  messages: block('thinking', { type: 'thinking_delta', thinking: 'Hm. ' }),
  gemini: parts({ text: 'Hm. ', thought: true }),
};

/** Writes one after the other again and again, one every 25 ms, until the other side leaves or `times` are over. */
const again =
  (pieces: readonly string[], times = Number.POSITIVE_INFINITY): RoughAnswer =>
  (response) => {
    beginStream(response);
    let at = 0;
    const timer = setInterval(() => {
      if (at === times) response.end();
      else response.write(pieces[at % pieces.length] ?? '');
      at += 1;
    }, 25);
    response.on('close', () => clearInterval(timer));
  };

describe.each(protocols)('a server that is asked by %s and never comes to a word', (protocol) => {
  it.each<[string, readonly string[]]>([
    ['comments', [': still here\n\n']],
    ['pings', [event({ type: 'ping' })]],
    ['pieces without a word', [empty[protocol]]],
    ['an event byte by byte', [...'data: {"choices', ...'x'.repeat(200)]],
  ])('is waited for no longer than the first word may take, though it sends %s', async (_what, pieces) =>
    expect(await endOf(protocol, again(pieces))).toEqual({ text: '', end: 'server/stalled' }),
  );

  it('is waited for as long as it thinks', async () =>
    expect((await endOf(protocol, again([thought[protocol]], 24))).end).toBe('server/cut'));
});
