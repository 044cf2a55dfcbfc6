import { describe, expect, it } from 'vitest';
import { Egress } from '../../core/egress/egress.ts';
import { type AnswerLimits, answerLimits } from '../../models/openai-compatible/limits.ts';
import { type Provider, providerOf } from '../../models/providers/provider.ts';
import { createProviderModel } from '../../models/providers/provider-model.ts';
import { beginStream, chunk, type RoughAnswer, RoughServer } from '../fakes/rough-server.ts';
import { collect, input } from '../support/language-model-suite.ts';

const connection = new Egress({ isOffline: () => false, log: { write: () => {} } }).fetchFor('answer', () => {});
const places = {
  responses: { provider: 'openai', path: '/v1' },
  messages: { provider: 'anthropic', path: '/v1' },
  gemini: { provider: 'gemini', path: '/v1beta' },
} as const;
type Sdk = keyof typeof places;
const sdkProtocols = ['responses', 'messages', 'gemini'] as const satisfies readonly Sdk[];

describe('an address that is asked by a package of the AI SDK', () => {
  it('is reached by the connection that was handed over, and never by the global one', async () => {
    const before = globalThis.fetch;
    const taken: unknown[] = [];
    globalThis.fetch = (url) => {
      taken.push(url);
      return Promise.reject(new Error('the global fetch'));
    };
    try {
      for (const protocol of sdkProtocols) {
        const { last } = await askedOf(protocol, (response) => response.end(JSON.stringify(whole[protocol])));
        expect(last?.type).toBe('finish');
      }
    } finally {
      globalThis.fetch = before;
    }
    expect(taken).toEqual([]);
  });

  const eventsOf = {
    responses: [
      { type: 'response.created', response: { id: 'r', created_at: 1, model: 'm' } },
      { type: 'response.output_item.added', output_index: 0, item: { type: 'message', id: 'i', content: [] } },
      { type: 'response.output_text.delta', item_id: 'i', output_index: 0, content_index: 0, delta: 'Kept text' },
    ],
    messages: [
      {
        type: 'message_start',
        message: {
          id: 'm',
          type: 'message',
          role: 'assistant',
          model: 'm',
          content: [],
          usage: { input_tokens: 5, output_tokens: 1 },
        },
      },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Kept text' } },
    ],
    gemini: [{ candidates: [{ content: { role: 'model', parts: [{ text: 'Kept text' }] }, index: 0 }] }],
  };
  const errors = {
    responses: { type: 'error', code: 'server_overloaded', message: 'The engine is overloaded' },
    messages: { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
    gemini: { error: { code: 503, message: 'The model is overloaded', status: 'UNAVAILABLE' } },
  };
  const whole = {
    responses: {
      ...{ id: 'r', object: 'response', created_at: 1, model: 'm', status: 'completed' },
      output: [
        {
          type: 'message',
          role: 'assistant',
          id: 'i',
          content: [{ type: 'output_text', text: 'Whole', annotations: [] }],
        },
      ],
      usage: { input_tokens: 5, output_tokens: 2 },
    },
    messages: {
      ...{ id: 'm', type: 'message', role: 'assistant', model: 'm', stop_reason: 'end_turn' },
      content: [{ type: 'text', text: 'Whole' }],
      usage: { input_tokens: 5, output_tokens: 2 },
    },
    gemini: {
      candidates: [{ content: { role: 'model', parts: [{ text: 'Whole' }] }, finishReason: 'STOP', index: 0 }],
      usageMetadata: { promptTokenCount: 5, candidatesTokenCount: 2 },
    },
  };
  const spoken = (value: object) =>
    `event: ${'type' in value ? String(value.type) : 'message'}\ndata: ${JSON.stringify(value)}\n\n`;

  const askedOf = async (
    protocol: Sdk,
    answer: RoughAnswer,
    limits: Partial<AnswerLimits> = {},
    signal?: AbortSignal,
  ) => {
    const server = await RoughServer.start(answer);
    const { provider, path } = places[protocol];
    const address = `${server.address.replace(/\/v1$/, '')}${path}`;
    const model = createProviderModel({
      ...{ id: 's', name: 'M', address, host: new URL(address).host, fetch: connection, model: 'm' },
      ...{ provider: providerOf(provider) as Provider, firstByteMs: 400, idleMs: 300 },
      limits: { ...answerLimits, refusalMs: 300, ...limits },
      readKey: () => Promise.resolve('k'),
    });
    const outcome = await collect(model, input('Hello'), signal === undefined ? {} : { signal });
    await server.stop();
    return outcome;
  };
  const begun =
    (protocol: Sdk, then: (response: Parameters<RoughAnswer>[0]) => void): RoughAnswer =>
    (response) => {
      beginStream(response);
      for (const event of eventsOf[protocol]) response.write(spoken(event));
      setTimeout(() => then(response), 30);
    };

  it.each(sdkProtocols)('keeps what came and says what happened, by %s', async (protocol) => {
    const cut = await askedOf(
      protocol,
      begun(protocol, (response) => response.end()),
    );
    const broken = await askedOf(
      protocol,
      begun(protocol, (response) => response.destroy()),
    );
    const silent = await askedOf(
      protocol,
      begun(protocol, () => {}),
    );
    const failing = await askedOf(
      protocol,
      begun(protocol, (response) => response.end(spoken(errors[protocol]))),
    );
    const flood = await askedOf(
      protocol,
      begun(protocol, (response) => {
        for (let at = 0; at < 3000 && !response.destroyed; at += 1) response.write(`: ${'x'.repeat(1000)}\n\n`);
      }),
      { bytes: 200_000 },
    );
    const told = [cut, broken, silent, failing, flood].map(({ text, last }) => [
      text,
      last?.type === 'failure' ? last.error.code : last?.type,
    ]);
    expect(told).toEqual([
      ['Kept text', 'server/cut'],
      ['Kept text', 'server/cut'],
      ['Kept text', 'server/stalled'],
      ['Kept text', 'server/busy'],
      ['Kept text', 'server/too-much'],
    ]);
  });

  it.each(sdkProtocols)('reads an answer that comes as one message, by %s', async (protocol) => {
    const { text, last } = await askedOf(protocol, (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(whole[protocol], null, 2));
    });
    expect({ text, last }).toMatchObject({
      text: 'Whole',
      last: { type: 'finish', reason: 'stop', usage: { promptTokens: 5, outputTokens: 2 } },
    });
  });

  it.each(sdkProtocols)('says of a page, of nothing and of another protocol what they are, by %s', async (protocol) => {
    const page = await askedOf(protocol, (response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><html><body>Welcome</body></html>'),
    );
    const nothing = await askedOf(protocol, (response) => response.writeHead(200).end());
    const foreign = await askedOf(protocol, (response) => {
      beginStream(response);
      response.end(`${chunk({ content: 'Hello' })}${chunk({}, 'stop')}data: [DONE]\n\n`);
    });
    const codes = [page, nothing, foreign].map(({ last }) => (last?.type === 'failure' ? last.error.code : last?.type));
    expect(codes).toEqual(['server/not-an-api', 'server/nothing', 'server/unreadable']);
  });

  it.each(sdkProtocols)('says of what is complete and no answer that it is none, by %s', async (protocol) => {
    const bodies = ['{}', '[]', '"hello"', '{"hello":"world"}'];
    const codes: unknown[] = [];
    for (const body of bodies) {
      const { last } = await askedOf(protocol, (response) => response.writeHead(200).end(body));
      codes.push(last?.type === 'failure' ? last.error.code : last?.type);
    }
    expect(codes).toEqual(bodies.map(() => 'server/garbled'));
    const asked = { responses: 'OpenAI Responses', messages: 'Anthropic Messages', gemini: 'Gemini' };
    const { last } = await askedOf(protocol, (response) =>
      response.end(JSON.stringify({ choices: [{ message: {} }] })),
    );
    expect(last).toMatchObject({
      error: { code: 'server/unreadable', values: { context: 'other-protocol', protocol: asked[protocol] } },
    });
  });

  it('says of an answer of Gemini that has no candidates that it is empty', async () => {
    const { last } = await askedOf('gemini', (response) => response.end(spoken({ candidates: [] })));
    expect(last).toMatchObject({ error: { code: 'server/nothing', values: { context: 'empty' } } });
  });

  it.each(sdkProtocols)('ends within 200 ms of a stop, also before the first byte, by %s', async (protocol) => {
    for (const answer of [() => {}, begun(protocol, () => {})] satisfies RoughAnswer[]) {
      const stop = new AbortController();
      let stoppedAt = 0;
      setTimeout(() => {
        stoppedAt = performance.now();
        stop.abort();
      }, 120);
      const { last } = await askedOf(protocol, answer, {}, stop.signal);
      expect(last).toEqual({ type: 'aborted' });
      expect(performance.now() - stoppedAt).toBeLessThan(600);
    }
  });

  it.each(sdkProtocols)('asks again without what a model refuses by its name, by %s', async (protocol) => {
    const asked: string[] = [];
    const { text } = await askedOf(protocol, async (response, request) => {
      let body = '';
      for await (const piece of request) body += String(piece);
      asked.push(body);
      if (/"temperature"/.test(body)) {
        response.writeHead(400, { 'content-type': 'application/json' });
        return void response.end(JSON.stringify({ error: { message: "Unsupported parameter: 'temperature'" } }));
      }
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(whole[protocol]));
    });
    expect(text).toBe('Whole');
    expect(asked.at(-1)).not.toContain('temperature');
  });

  /** Events of a protocol with this text in them. */
  const textEvents = (protocol: Sdk, text: string) => JSON.stringify(eventsOf[protocol]).replaceAll('Kept text', text);
  const speak = (protocol: Sdk, text: string) =>
    (JSON.parse(textEvents(protocol, text)) as object[]).map(spoken).join('');

  it.each(sdkProtocols)('breaks no character that comes byte by byte, by %s', async (protocol) => {
    const { text } = await askedOf(protocol, async (response) => {
      beginStream(response);
      for (const byte of Buffer.from(speak(protocol, '再见，月亮 🌙'))) {
        response.write(Buffer.of(byte));
        await new Promise((resolve) => setImmediate(resolve));
      }
      response.end();
    });
    expect(text).toBe('再见，月亮 🌙');
  });

  it.each(sdkProtocols)(
    'bounds an answer that goes on for ever, and one message that does, by %s',
    async (protocol) => {
      const long = await askedOf(protocol, (response) => {
        beginStream(response);
        response.write(speak(protocol, 'x'.repeat(20_000)));
      });
      expect(long.last).toMatchObject({ type: 'finish', reason: 'length' });
      expect(long.text.length).toBe(48 * answerLimits.charactersPerToken);
      const endless = await askedOf(
        protocol,
        (response) => {
          beginStream(response);
          response.write(`data: {"type":"${'x'.repeat(200_000)}`);
        },
        { messageCharacters: 50_000 },
      );
      expect(endless.last).toMatchObject({ type: 'failure', error: { code: 'server/too-much' } });
    },
  );

  it.each(sdkProtocols)('says what a refusal, a move and an error with 200 are, by %s', async (protocol) => {
    const refused = await askedOf(protocol, (response) =>
      response.writeHead(403).end('{"message":"upgrade your plan"}'),
    );
    const moved = await askedOf(protocol, (response) =>
      response.writeHead(307, { location: 'https://elsewhere.example/v1' }).end(),
    );
    const wrong = await askedOf(protocol, (response) => response.end(JSON.stringify(errors[protocol])));
    const told = [refused, moved, wrong].map(({ last }) => (last?.type === 'failure' ? last.error.code : last?.type));
    expect(told).toEqual(['server/not-allowed', 'server/moved', 'server/busy']);
  });
});
