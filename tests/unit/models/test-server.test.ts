import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Egress } from '../../../core/egress/egress.ts';
import { testServer } from '../../../models/openai-compatible/test-server.ts';
import { type AskModel, tryModel } from '../../../models/openai-compatible/try-model.ts';
import { Certificates } from '../../support/certificates.ts';

const ask: AskModel = (place, model) => tryModel(place, model, 'Hi');

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const fetchFrom = new Egress({ isOffline: () => false, log: { write: () => {} } }).fetchFor('answer', () => {});

const json = (value: unknown, status = 200): Answer => {
  return (_request, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
};
const text = (value: string, status = 200, type = 'text/plain'): Answer => {
  return (_request, response) => response.writeHead(status, { 'content-type': type }).end(value);
};
const chunk = (delta: object) => `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: null }] })}\n\n`;
const streams: Answer = (_request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  // It goes on for ever: a test must hang up.
  response.write(`: waking up\n\n${chunk({ role: 'assistant', content: '' })}${chunk({ content: 'Hello' })}`);
};
const broken =
  (begin: string): Answer =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 900 }).write(begin);
    setTimeout(() => response.destroy(), 20);
  };
const breaksOff = broken('{"data":[{"id":"go');
const breaksOffAsPage = broken('<html><title>Router</title>');
const endless: Answer = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const more = () => {
    while (response.writable && response.write('{"data":[{"id":"x"},'.repeat(5000)));
    response.once('drain', more);
  };
  response.write('[');
  more();
};

describe('testing a server', () => {
  let server: Server | null = null;
  const asked: string[] = [];
  afterEach(() => {
    asked.length = 0;
    if (server !== null && 'closeAllConnections' in server)
      (server as ReturnType<typeof createServer>).closeAllConnections();
    server?.close();
    server = null;
  });

  async function start(routes: Readonly<Record<string, Answer>>): Promise<string> {
    server = createServer((request, response) => {
      request.resume();
      asked.push(`${request.method} ${request.url}`);
      (routes[request.url ?? ''] ?? text('nothing here', 404))(request, response);
    });
    return listen(server);
  }
  async function listen(one: Server): Promise<string> {
    await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(one.address() as AddressInfo).port}`;
  }
  const said = async (address: string, model?: string, key: string | null = null) => {
    const { ok, error, models, address: found } = await testServer(address, key, fetchFrom, model ?? null, ask);
    const context = error?.values?.['context'];
    return {
      ok,
      code: error === null ? null : `${error.code}${context === undefined ? '' : ` ${context}`}`,
      models,
      at: new URL(found).pathname,
    };
  };

  it.each<readonly [what: string, list: Answer, models: readonly string[]]>([
    ['as OpenAI gives it', json({ object: 'list', data: [{ id: 'a' }, { id: 'b' }] }), ['a', 'b']],
    [
      'with an entry that has no name',
      json({ data: [{ id: null }, { id: 'a' }, {}, null, 7, { id: '' }, { id: 'x'.repeat(301) }] }),
      ['a'],
    ],
    ['that is a plain list', json([{ id: 'a' }, { id: 'b' }]), ['a', 'b']],
    ['of names alone', json(['a', 'b']), ['a', 'b']],
    ['of names alone under data', json({ data: ['a', 'a', 'b'] }), ['a', 'b']],
    ['as Ollama names them', json({ models: [{ name: 'a:latest', model: 'a:latest' }] }), ['a:latest']],
    ['with both forms', json({ models: [{ name: 'x' }], object: 'list', data: [{ id: 'a' }] }), ['a']],
    ['under another type', text('{"data":[{"id":"a"}]}', 200, 'text/html'), ['a']],
    [
      'of more models than a person reads',
      json({ data: Array.from({ length: 1500 }, (_, index) => ({ id: `m${index}` })) }),
      Array.from({ length: 1000 }, (_, index) => `m${index}`),
    ],
  ])('reads a list %s', async (_what, list, models) => {
    const address = await start({ '/v1/models': list });
    expect(await said(address)).toEqual({ ok: true, code: null, models, at: '/v1' });
  });

  it('offers no other address where a server sends on and does not say where', async () => {
    const address = await start({ '/v1/models': (_request, response) => void response.writeHead(302).end() });
    const { error, instead } = await testServer(`${address}/v1`, null, fetchFrom, null, ask);
    expect(error).toMatchObject({ code: 'server/moved', values: { context: 'nowhere' } });
    expect(instead).toBeNull();
  });

  it.each<readonly [what: string, list: Answer | undefined, code: string]>([
    ['is missing', undefined, 'server/not-found list'],
    ['is empty', json({ data: [] }), 'server/no-list'],
    ['has no name in it', json({ data: [{ id: null }] }), 'server/no-list'],
    ['is a web page', text('<!doctype html><html></html>', 200, 'text/html'), 'server/not-an-api list'],
    ['is not allowed', text('no', 405), 'server/not-found list'],
    ['is another answer', json({ status: 'ok' }), 'server/not-found list'],
    ['is null', json(null), 'server/not-found list'],
    ['never ends', endless, 'server/too-much list'],
    ['breaks off', breaksOff, 'server/cut list'],
    ['is a page that breaks off', breaksOffAsPage, 'server/not-an-api list'],
    ['fails', text('oops', 500), 'server/failed'],
    [
      'is closed to this key',
      json({ error: { message: 'Missing scopes: api.model.read' } }, 403),
      'server/not-allowed',
    ],
  ])('where the list %s says so, and takes a model by its name', async (_what, list, code) => {
    const routes = { ...(list === undefined ? {} : { '/v1/models': list }), '/v1/chat/completions': streams };
    const address = await start(routes);
    expect(await said(`${address}/v1`)).toMatchObject({ ok: false, code, models: [] });
    expect(await said(`${address}/v1`, ' qwen3:8b ')).toEqual({
      ok: true,
      code: null,
      models: ['qwen3:8b'],
      at: '/v1',
    });
    expect(await said(address, 'qwen3:8b')).toMatchObject({ ok: true, at: '/v1' });
  });

  it('takes a name that the list has without asking the model, and any other by asking it', async () => {
    const address = await start({
      '/v1/models': json({ data: [{ id: 'a' }, { id: 'b' }] }),
      '/v1/chat/completions': streams,
    });
    expect(await said(address, 'b')).toMatchObject({ ok: true, models: ['b', 'a'] });
    expect(asked).not.toContain('POST /v1/chat/completions');
    expect(await said(address, 'c')).toMatchObject({ ok: true, models: ['c', 'a', 'b'] });
    expect(asked.at(-1)).toBe('POST /v1/chat/completions');
  });

  it.each<readonly [what: string, answer: Answer | undefined, code: string | null]>([
    ['a whole answer', json({ choices: [{ message: { content: 'Hello' } }] }), null],
    [
      'an error in a stream',
      text('data: {"error":{"message":"the GPU fell over","code":500}}\n\n', 200, 'text/event-stream'),
      'server/failed',
    ],
    ['an error under 200', json({ error: { message: 'no such thing' } }), 'server/failed'],
    ['a wish for a key', json({ error: { message: 'no' } }, 401), 'server/key-wanted'],
    ['a busy server', json({}, 429), 'server/busy'],
    ['a web page', text('<!doctype html><html></html>', 200, 'text/html'), 'server/not-an-api'],
    ['no body at all', text(''), 'server/not-found'],
    ['nothing at the path', undefined, 'server/not-found'],
    [
      'an error without end',
      (_request, response) => void response.writeHead(500).write('x'.repeat(100_000)),
      'server/failed',
    ],
  ])('by a name that is answered with %s ends so', async (_what, answer, code) => {
    const address = await start(answer === undefined ? {} : { '/v1/chat/completions': answer });
    const found = await said(`${address}/v1`, 'm');
    expect({ ok: found.ok, code: found.code }).toEqual({ ok: code === null, code });
  });

  it('sends the key as it was meant, and says of one that cannot be sent which character it is', async () => {
    const keys: (string | undefined)[] = [];
    const address = await start({
      '/v1/models': (request, response) => {
        keys.push(request.headers.authorization);
        json({ data: [{ id: 'a' }] })(request, response);
      },
    });
    for (const key of ['sk-1', ' Bearer sk-1\n', '“sk-1”', 'sk\u200b-1', '', null])
      await said(`${address}/v1`, undefined, key);
    expect(keys).toEqual([...Array<string>(4).fill('Bearer sk-1'), undefined, undefined]);
    const { ok, error } = await testServer(address, 'sk-••••', fetchFrom, null, ask);
    expect({ ok, error }).toMatchObject({
      ok: false,
      error: { code: 'server/key-unusable', values: { character: '•', position: 4 } },
    });
  });

  it('says where https is spoken, however that server takes plain http', async () => {
    const made = new Certificates();
    const tls = createTlsServer(made.own('localhost'), (_request, response) => response.end());
    server = tls;
    expect(await said(await listen(tls))).toMatchObject({ ok: false, code: 'server/wrong-scheme https' });
    tls.close();
    made.dispose();
    const answered = await start({ '/v1/models': text('Client sent an HTTP request to an HTTPS server.', 400) });
    expect(await said(`${answered}/v1`)).toMatchObject({ ok: false, code: 'server/wrong-scheme https' });
  });

  it('ends at once for what is no address', async () => {
    expect(await testServer('my server', null, fetchFrom, null, ask)).toMatchObject({
      ok: false,
      error: { code: 'server/bad-address' },
    });
  });
});
