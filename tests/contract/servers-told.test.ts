import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { ModelPart } from '../../contract/engine.ts';
import { Egress } from '../../core/egress/egress.ts';
import { createTranslator, sayError } from '../../locales/translator.ts';
import { answerLimits } from '../../models/openai-compatible/limits.ts';
import { createServerModel } from '../../models/openai-compatible/server-model.ts';
import { causes } from '../fakes/chaos/causes.ts';
import { ChaosServer } from '../fakes/chaos/chaos-server.ts';
import { delta, done, event, head, json, type Scenario, says, stop, stream } from '../fakes/chaos/scenario.ts';
import { collect, input } from '../support/language-model-suite.ts';

const fetchFrom = new Egress({ isOffline: () => false, log: { write: () => {} } }).fetchFor('answer', () => {});
const servers: ChaosServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

async function answerOf(serve: Scenario['serve'], key: string | null = null, limits = answerLimits) {
  const server = await ChaosServer.start({ name: '', serve, end: '' });
  servers.push(server);
  const { address } = server;
  const options = { id: 's:m', name: 'M', address, host: new URL(address).host, model: 'm', fetch: fetchFrom, limits };
  return collect(createServerModel({ ...options, readKey: () => Promise.resolve(key) }), input('Hello'));
}

function told(last: ModelPart | undefined): string {
  if (last?.type !== 'failure') return last?.type === 'finish' ? last.reason : '';
  const context = last.error.values?.['context'];
  return [last.error.code, ...(context === undefined ? [] : [context])].join(' ');
}

describe('a refusal', () => {
  it.each(causes)('is told by its cause, with the step that can help: %s', async (_name, status, body, cause, step) => {
    const { last, text } = await answerOf(json(status, body, { connection: 'close' }));
    expect(told(last)).toBe(cause);
    expect(text).toBe('');
    const failure = last?.type === 'failure' ? last.error : null;
    expect(failure?.action ?? '').toBe(step);
    // What would be refused again is not asked again by itself.
    if (step === 'choose-model') expect(failure?.retry).toBeUndefined();
    if (failure === null) return;
    const said = sayError(createTranslator('en'), failure);
    expect(said).not.toMatch(/\{\{|"error"/);
    expect(said.length).toBeLessThan(600);
    if (step !== 'try-again') expect(said).not.toMatch(/try again/i);
  });

  it('of a key that was sent is told as that', async () => {
    expect(told((await answerOf(json(401, ''), 'sk-something')).last)).toBe('server/wrong-key');
    expect(told((await answerOf(json(403, { error: { message: 'Invalid token' } }), 'sk-x')).last)).toBe(
      'server/wrong-key',
    );
    expect(told((await answerOf(json(403, ''), 'sk-something')).last)).toBe('server/not-allowed');
  });
});

it.each(['leaked', 'expired', 'revoked'])('a key that was %s is not to be entered again', async (word) => {
  const said = [{ error: { message: `Your API key was reported as ${word}. Please use another API key.` } }];
  for (const status of [400, 401, 403])
    expect(told((await answerOf(json(status, said), 'sk-something')).last)).toBe('server/wrong-key another');
});

const whole = (content: string, reason: string | null = 'stop') =>
  event({ choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: reason }] });
const reason = (word: string) => event(delta({}, word));

describe('an answer', () => {
  it.each<[string, Scenario['serve'], string, string]>([
    [
      'a message behind its pieces',
      stream(says('The tide ', 'turns.'), whole('The tide turns.'), done),
      'stop',
      'The tide turns.',
    ],
    ['a message with more', stream(says('The tide '), whole('The tide turns.'), done), 'stop', 'The tide turns.'],
    ['a message that grows', stream(whole('The ', null), whole('The tide', null), stop), 'stop', 'The tide'],
    ['another message', stream(says('The tide '), whole('turns.'), done), 'stop', 'The tide turns.'],
    ['the same twice, in pieces', stream(says('ha', 'ha'), stop, done), 'stop', 'haha'],
  ])('is there once: %s', async (_name, serve, end, text) => {
    const answer = await answerOf(serve);
    expect(told(answer.last)).toBe(end);
    expect(answer.text).toBe(text);
  });

  it('thought in a message behind its pieces is there once, too', async () => {
    const message = { role: 'assistant', content: 'Noon.', reasoning_content: 'Hm, tides.' };
    const last = event({ choices: [{ index: 0, message, finish_reason: 'stop' }] });
    const { text, thinking } = await answerOf(
      stream(event(delta({ reasoning_content: 'Hm, tides.' })), says('Noon.'), last, done),
    );
    expect({ text, thinking }).toEqual({ text: 'Noon.', thinking: 'Hm, tides.' });
  });

  it.each(['model_context_window_exceeded', 'model_length', 'context_length'])(
    'that ended since the model is full says that and not that it is long: %s',
    async (word) => expect(told((await answerOf(stream(says('The '), reason(word), done))).last)).toBe('full'),
  );

  const each = (word: unknown) =>
    ['The ', 'tide ', 'turns.'].map((content) => event({ choices: [{ delta: { content }, finish_reason: word }] }));

  it.each([
    'null',
    'None',
    'nil',
    'undefined',
    'continue',
    'FINISH_REASON_UNSPECIFIED',
    '',
    false,
    0,
    'generating',
    'stop',
  ])('that says a word of its end with every piece ends by the word at its end: %s', async (word) => {
    const { last, text } = await answerOf(stream(...each(word), stop, done));
    expect([told(last), text]).toEqual(['stop', 'The tide turns.']);
    const full = await answerOf(stream(...each(word), reason('length'), done));
    // Of one that says with each that it was the last, the first word after its last piece is kept.
    expect(told(full.last)).toBe(word === 'stop' ? 'stop' : 'length');
  });

  it.each(['null', 'None', 'continue'])(
    'that says with every piece that it is not the last needs no other word: %s',
    async (word) => {
      expect(told((await answerOf(stream(...each(word), done))).last)).toBe('stop');
      expect(told((await answerOf(stream(...each(word)))).last)).toBe('server/cut');
    },
  );

  it.each(['generating', 'stop'])(
    'is not ended by a word that it goes on after, however slow it is: %s',
    async (word) => {
      const [first = '', second = '', third = ''] = each(word);
      const slow: Scenario['serve'] = (socket) => {
        socket.write(head() + first + second);
        setTimeout(() => socket.end(third + stop + done), 300);
      };
      expect((await answerOf(slow, null, { ...answerLimits, afterEndMs: 60 })).text).toBe('The tide turns.');
    },
  );

  it('that ends by a word that nobody knows says that word', async () =>
    expect(told((await answerOf(stream(says('The '), reason('new_reason'), done))).last)).toBe('server/unknown-end'));

  it.each<[string, Scenario['serve'], string]>([
    ['all of it', stream(event('{bad'), event('{worse'), done), 'server/unreadable pieces'],
    [
      'one piece in the middle',
      stream(says('The '), event('{"choices":[{"delta":{"content":"lost'), says('turns.'), stop, done),
      'server/unreadable pieces',
    ],
    ['only what came behind its end', stream(says('Noon.'), stop, event('{"choices":[{"usa'), done), 'stop'],
    ['words that keep it alive', stream(says('No'), event('ping'), event('[beat]'), says('on.'), stop, done), 'stop'],
    ['nothing, which is not damage', stream(stop, done), 'stop'],
  ])('whose pieces are damaged is not whole, and not empty: %s', async (_name, serve, end) =>
    expect(told((await answerOf(serve)).last)).toBe(end),
  );

  it.each<[string, string]>([
    [
      'Anthropic',
      '{"type":"message","role":"assistant","content":[{"type":"text","text":"Noon."}],"stop_reason":"end_turn"}',
    ],
    ['Anthropic in pieces', event({ type: 'message_start', message: { id: 'x' } }) + event({ type: 'message_stop' })],
    ['Gemini', '{"candidates":[{"content":{"parts":[{"text":"Noon."}]},"finishReason":"STOP"}]}'],
    ['Responses', '{"object":"response","status":"completed","output":[{"type":"message","content":[]}]}'],
    ['Responses in pieces', event({ type: 'response.output_text.delta', delta: 'Noon.' })],
    ['DashScope', '{"output":{"text":"Noon."},"usage":{"input_tokens":1},"request_id":"x"}'],
  ])('in another protocol is told as that, and was not broken off: %s', async (_name, body) => {
    const { last } = await answerOf(stream(body));
    expect(told(last)).toBe('server/unreadable protocol');
    expect(last?.type === 'failure' && last.error.action).toBe('open-models');
  });

  it.each<[string, Scenario['serve'], string]>([
    ['an empty object', json(200, '{}'), 'server/garbled'],
    ['an empty list', json(200, '[]'), 'server/garbled'],
    ['a word', json(200, '"hello"'), 'server/garbled'],
    ['an object of something else', json(200, { hello: 'world' }), 'server/garbled'],
    ['a choice of nothing', json(200, { choices: [], usage: { prompt_tokens: 3 } }), 'server/nothing empty'],
    ['a choice of nothing, in pieces', stream(event({ choices: [] })), 'server/nothing empty'],
    ['a first piece without a word', stream(event(delta({ role: 'assistant' }))), 'server/cut'],
    ['a first line of Ollama', json(200, { message: { role: 'assistant', content: '' }, done: false }), 'server/cut'],
  ])('that is complete and none was not broken off: %s', async (_name, serve, end) =>
    expect(told((await answerOf(serve)).last)).toBe(end),
  );

  it.each<[string, object | string]>([
    ['a whole call', { tool_calls: [{ index: 0, id: 'c', type: 'function', function: { name: 'rm' } }] }],
    ['an old call', { function_call: { name: 'rm', arguments: '{}' } }],
  ])('that only asks for a tool says that: %s', async (_name, piece) => {
    const asked = event(delta(piece as object));
    expect(told((await answerOf(stream(asked, reason('tool_calls'), done))).last)).toBe('server/unreadable tool');
    expect(told((await answerOf(stream(says('Noon.'), asked, stop, done))).last)).toBe('stop');
  });

  it('ends by the error that comes with its end', async () => {
    const choices = [{ index: 0, delta: { content: '' }, finish_reason: 'error' }];
    const { last } = await answerOf(
      stream(says('No'), event({ error: { code: 502, message: 'Provider disconnected' }, choices })),
    );
    expect(last?.type === 'failure' && last.error.values?.['says']).toBe('Provider disconnected');
    expect(
      told(
        (await answerOf(stream(says('No'), event({ error: {}, choices: [{ delta: {}, finish_reason: 'stop' }] }))))
          .last,
      ),
    ).toBe('stop');
  });

  it.each([
    'data: {"id":"c1","object":"chat.completion.chunk","crea',
    'data: {"choices":[{"delta":{}',
    'data: {"id',
    'data: {',
    'dat',
  ])('that ends within its first piece was broken off: %s', async (begun) =>
    expect(told((await answerOf(stream(begun))).last)).toBe('server/cut'),
  );

  it.each<[string, string, (events: Buffer) => Buffer, string]>([
    ['shorter than it is', 'content-length: 60', (events) => events, 'server/cut'],
    ['packed, and cut', 'content-encoding: gzip', (events) => gzipSync(events).subarray(0, 70), 'server/cut'],
    ['of less than nothing', 'content-length: -5', (events) => events, 'server/unreadable length'],
  ])('whose length is wrong: %s', async (_name, header, change, end) => {
    const { last } = await answerOf((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\n${header}\r\nconnection: close\r\n\r\n`);
      socket.end(change(Buffer.from(says('The tide turns at noon.', 'And again.') + stop)));
    });
    expect(told(last)).toBe(end);
    const said = last?.type === 'failure' ? sayError(createTranslator('en'), last.error) : '';
    expect(said).not.toMatch(/two things|Check the address/);
  });
});
