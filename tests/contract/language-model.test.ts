import { join } from 'node:path';
import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalModels } from '../../models/engine/local-models.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import { createServerModel } from '../../models/openai-compatible/server-model.ts';
import { beginStream, chunk, type RoughAnswer, RoughServer } from '../fakes/rough-server.ts';
import { checkout, nodeExecutable, requireModel, tinyModel } from '../support/beckon-app.ts';
import { collect, continuing, describeLanguageModel, input } from '../support/language-model-suite.ts';

function serverModel(address: string, times: { firstByteMs?: number; idleMs?: number } = {}): LanguageModel {
  const host = new URL(address).host;
  const readKey = () => Promise.resolve('test-key');
  return createServerModel({ id: 's:m', name: 'M', address, host, model: 'm', readKey, fetch, ...times });
}

describe('a model on this machine', () => {
  let models: LocalModels;
  let model: LanguageModel;

  beforeAll(() => {
    const path = requireModel(tinyModel);
    const entry = join(checkout, 'models', 'engine', 'entry.ts');
    models = new LocalModels({ node: nodeExecutable, entry, idleMinutes: () => 0, log: () => {} });
    model = models.model({ id: tinyModel, name: 'Tiny', path, cacheBytesPerToken: null, thinking: 'none' });
  });

  afterAll(() => models?.dispose());

  describeLanguageModel(() => model);

  it('is loaded when it is told that it will be asked soon, as it states', async () => {
    models.unload();
    expect(models.state.value.status).toBe('asleep');
    await model.warm();
    expect({ warms: model.capabilities.warm, status: models.state.value.status }).toEqual({
      warms: true,
      status: 'ready',
    });
  });
});

describe('a model behind an address', () => {
  const mock = new LLMock({ port: 0 });
  let model: LanguageModel;
  const long = 'The sea was wide and grey, and the ship went on. '.repeat(60);

  beforeAll(async () => {
    mock.onMessage(/^LONG/, { content: long }, { latency: 5, chunkSize: 8 });
    mock.onMessage(/^LIMIT/, { content: 'Once upon a time', finishReason: 'length' });
    // Answered only where the answer so far comes after the question, and is left open.
    mock.on(
      {
        predicate: ({ messages }) =>
          messages.map(({ role }) => role).join(' ') === 'user assistant' &&
          JSON.stringify(messages[1]?.content).includes('four'),
      },
      { content: 'five\nsix\nseven\n' },
    );
    mock.onMessage(/再见/, { content: '再见，月亮 🌙' }, { chunkSize: 1 });
    mock.onMessage(/^THOUGHT/, { content: 'A word.</think>Word.' });
    mock.onMessage(/^THINK/, { content: 'It is four.', reasoning: 'Two and two.' });
    mock.onMessage(/./, { content: 'one two three four five six seven eight nine ten' }, { chunkSize: 6 });
    await mock.start();
    model = serverModel(`${mock.url}/v1`);
  });

  afterAll(() => mock.stop());

  describeLanguageModel(
    () => model,
    () => mock.getRequests().length,
  );

  it('takes back what it wrote where it turns out to be thought, as it states', async () => {
    const { text, thinking } = await collect(model, input('THOUGHT Say one word.'));
    expect(model.capabilities.takesBack).toBe(true);
    expect({ text, thinking }).toEqual({ text: 'Word.', thinking: 'A word.' });
  });

  it('keeps thinking apart from the answer', async () => {
    const { text, thinking } = await collect(model, input('THINK What is two and two?'));
    expect({ text, thinking }).toEqual({ text: 'It is four.', thinking: 'Two and two.' });
  });
});

describe('a server that goes wrong', () => {
  const page = '<!doctype html><html><body>Welcome</body></html>';
  const json =
    (status: number, body: object, headers: Record<string, string> = {}): RoughAnswer =>
    (response) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(body));
    };
  const html =
    (status: number): RoughAnswer =>
    (response) => {
      response.writeHead(status, { 'content-type': 'text/html' });
      response.end(page);
    };
  const streamed =
    (end: (response: Parameters<RoughAnswer>[0]) => void): RoughAnswer =>
    (response) => {
      beginStream(response);
      response.write(chunk({ role: 'assistant', content: 'Kept ' }));
      response.write(chunk({ content: 'text' }));
      setTimeout(() => end(response), 50);
    };
  const wrongKey = { error: { message: 'Incorrect API key provided', code: 'invalid_api_key' } };

  it.each<[string, RoughAnswer, string, string]>([
    ['a wrong key', json(401, wrongKey), 'server/wrong-key', ''],
    ['a wrong key that is answered with 400', json(400, { error: 'Invalid API key' }), 'server/wrong-key', ''],
    ['a forbidden key', json(403, wrongKey), 'server/wrong-key', ''],
    ['a wrong address', json(404, { error: 'no such route' }), 'server/not-found', ''],
    ['a web page with 200', html(200), 'server/not-an-api', ''],
    ['a web page with 404', html(404), 'server/not-an-api', ''],
    ['too many requests', json(429, { error: 'slow down' }, { 'retry-after': '7' }), 'server/busy', ''],
    [
      'a text that is too long, as llama.cpp says it',
      json(400, {
        error: { message: 'the request exceeds the available context size', type: 'exceed_context_size_error' },
      }),
      'server/context-full',
      '',
    ],
    [
      'a text that is too long, as OpenAI says it',
      json(400, { error: { message: 'too many tokens', code: 'context_length_exceeded' } }),
      'server/context-full',
      '',
    ],
    ['an inner error', json(500, { error: 'oops' }), 'server/failed', ''],
    ['silence', () => {}, 'server/stalled', ''],
    ['silence after the headers', (response) => beginStream(response), 'server/stalled', ''],
    ['silence in the middle', streamed(() => {}), 'server/stalled', 'Kept text'],
    ['a broken connection', streamed((response) => response.destroy()), 'server/cut', 'Kept text'],
    ['an end that came too early', streamed((response) => response.end()), 'server/cut', 'Kept text'],
    ['JSON that is none', streamed((response) => response.end('data: {"choices": [\n\n')), 'server/cut', 'Kept text'],
  ])('%s ends in a code that says so, and the text that came is kept', async (_name, answer, code, text) => {
    const server = await RoughServer.start(answer);
    try {
      const outcome = await collect(serverModel(server.address, { firstByteMs: 400, idleMs: 400 }), input('Hello'));
      expect(outcome.last).toMatchObject({ type: 'failure', error: { code } });
      expect(outcome.text).toBe(text);
    } finally {
      await server.stop();
    }
  });

  it.each<[string, RoughAnswer]>([
    ['is refused', json(400, { error: 'no prefill' })],
    [
      'is taken for a finished one',
      (response) => {
        beginStream(response);
        response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`);
      },
    ],
  ])('is asked in words to go on where an open answer %s, and what it begins again is left out', async (_, toOpen) => {
    const asked: string[] = [];
    const server = await RoughServer.start((response, request) => {
      let body = '';
      request.on('data', (piece: Buffer) => {
        body += piece.toString();
      });
      request.on('end', () => {
        const roles = (JSON.parse(body) as { messages: { role: string }[] }).messages.map(({ role }) => role).join(' ');
        asked.push(roles);
        if (roles.endsWith('assistant')) return toOpen(response, request);
        beginStream(response);
        for (const content of ['<think>hm', '</think>One two', ' three', ' four five'])
          response.write(chunk({ content }));
        response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`);
      });
    });
    const count = input('Count', { hints: continuing('One two three') });
    const { text, thinking, last } = await collect(serverModel(server.address), count);
    await server.stop();
    expect(asked).toEqual(['user assistant', 'user assistant user']);
    expect({ text, thinking }).toEqual({ text: ' four five', thinking: 'hm' });
    expect(last).toMatchObject({ type: 'finish', reason: 'stop' });
  });

  it('goes on with its words after a thought that nothing had opened, with the space between', async () => {
    const server = await RoughServer.start((response) => {
      beginStream(response);
      for (const content of ['So three comes next.', '</think>', 'three', ' four']) response.write(chunk({ content }));
      response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`);
    });
    const before = input('Count', { hints: continuing('One two', true) });
    const { text, thinking } = await collect(serverModel(server.address), before);
    await server.stop();
    expect({ text, thinking }).toEqual({ text: ' three four', thinking: ' So three comes next.' });
  });

  it('says how long to wait when the server says it', async () => {
    const server = await RoughServer.start(json(429, {}, { 'retry-after': '7' }));
    const { last } = await collect(serverModel(server.address), input('Hello'));
    await server.stop();
    expect(last).toMatchObject({ error: { retry: { afterMs: 7000 } } });
  });

  it('says that nothing listens at the address', async () => {
    const server = await RoughServer.start(() => {});
    const { address } = server;
    await server.stop();
    const { last } = await collect(serverModel(address), input('Hello'));
    expect(last).toMatchObject({ type: 'failure', error: { code: 'server/unreachable' } });
  });

  it('keeps thinking in a field of its own apart, and an empty answer is an end and no failure', async () => {
    const pieces: [object, string | null][][] = [
      [
        [{ reasoning_content: 'Two and two.' }, null],
        [{ content: 'Four.' }, null],
        [{}, 'stop'],
      ],
      [
        [{ role: 'assistant', content: '' }, null],
        [{}, 'stop'],
      ],
    ];
    const outcomes: object[] = [];
    for (const deltas of pieces) {
      const server = await RoughServer.start((response) => {
        beginStream(response);
        for (const [delta, reason] of deltas) response.write(chunk(delta, reason));
        response.end('data: [DONE]\n\n');
      });
      const { text, thinking, last } = await collect(serverModel(server.address), input('Hello'));
      await server.stop();
      outcomes.push({ text, thinking, end: last?.type });
    }
    expect(outcomes).toEqual([
      { text: 'Four.', thinking: 'Two and two.', end: 'finish' },
      { text: '', thinking: '', end: 'finish' },
    ]);
  });

  it('finds thinking that is written into the text, wherever the tag is cut', async () => {
    const whole = '<think>Two and two.</think>It is four.';
    for (let cut = 1; cut < whole.length; cut += 3) {
      const server = await RoughServer.start((response) => {
        beginStream(response);
        for (const content of [whole.slice(0, cut), whole.slice(cut)]) response.write(chunk({ content }));
        response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`);
      });
      const { text, thinking, last } = await collect(serverModel(server.address), input('Hello'));
      await server.stop();
      expect({ text: text.trim(), thinking: thinking.trim() }).toEqual({
        text: 'It is four.',
        thinking: 'Two and two.',
      });
      expect(last?.type).toBe('finish');
    }
  });
});
