import { afterEach, describe, expect, it, vi } from 'vitest';
import { failureOfAnswer, failureWithin } from '../../../models/openai-compatible/failures.ts';
import { createServerModel } from '../../../models/openai-compatible/server-model.ts';
import { RoughServer } from '../../fakes/rough-server.ts';
import { collect, input } from '../../support/language-model-suite.ts';

const saidOf = (body: unknown, status = 500) =>
  failureOfAnswer(status, typeof body === 'string' ? body : JSON.stringify(body), 'h', null).values?.['says'];

function modelAt(address: string, fetchFrom: typeof fetch = fetch, key: string | null = null) {
  const options = { id: 's:m', name: 'M', address, host: new URL(address).host, model: 'm', fetch: fetchFrom };
  return createServerModel({ ...options, readKey: () => Promise.resolve(key) });
}

describe("a server's own words", () => {
  it.each<[string, unknown, string | undefined]>([
    ['as text', 'Out of cheese.', 'Out of cheese.'],
    ['as a text in JSON', '"Out of cheese."', 'Out of cheese.'],
    ['as an error of one word', { error: 'Out of cheese.' }, 'Out of cheese.'],
    ['in an error', { error: { type: 'cheese_error', code: 'x', message: 'Out of cheese.' } }, 'Out of cheese.'],
    ['beside a type', { type: 'error', error: { type: 'cheese_error', message: 'Out of cheese.' } }, 'Out of cheese.'],
    ['beside a short error', { error: 'Bad Request', message: 'Out of cheese.' }, 'Out of cheese.'],
    ['in a list', [{ error: { message: 'Out of cheese.' } }], 'Out of cheese.'],
    ['in a list of errors', { errors: [{ code: 3, message: 'Out of cheese.' }] }, 'Out of cheese.'],
    ['of a field', { detail: [{ loc: ['body', 'n'], msg: 'Out of cheese.', input: 'secret' }] }, 'Out of cheese.'],
    [
      'of another server',
      { error: { message: 'Provider returned error', metadata: { raw: '{"error":{"message":"Out of cheese."}}' } } },
      'Out of cheese.',
    ],
    [
      'of another server, as text',
      { error: { message: 'Provider returned error', metadata: { raw: 'Out of cheese.' } } },
      'Out of cheese.',
    ],
    ['over lines', { error: { message: ' Out\n\tof   cheese.\n' } }, 'Out of cheese.'],
    ['in a page', '<html><body>Out of cheese.</body></html>', undefined],
    ['nowhere', '', undefined],
    ['in no field that is known', { a: { b: 'Out of cheese.' } }, undefined],
  ])('are found %s', (_, body, says) => expect(saidOf(body)).toBe(says));

  it('are shortened, and no character is cut in two', () => {
    const says = String(saidOf({ error: { message: '🌙'.repeat(500) } }));
    expect(says.length).toBeLessThanOrEqual(200);
    expect(says).toMatch(/^🌙+…$/u);
    expect(String(saidOf('x'.repeat(100_000))).length).toBeLessThanOrEqual(200);
  });

  it('are told apart within an answer, too', () => {
    const error = { code: 1113, msg: '您的账户已欠费，请充值后重试' };
    expect(failureWithin(error, 'h')).toMatchObject({
      code: 'server/no-balance',
      values: { host: 'h', says: '您的账户已欠费，请充值后重试' },
    });
  });

  it('hold no key, where a server says it again', async () => {
    const key = 'sk-0123456789abcdef';
    const server = await RoughServer.start((response, { headers }) => {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message: `Wrong: ${headers.authorization}` } }));
    });
    const { last } = await collect(modelAt(server.address, fetch, key), input('Hello'));
    await server.stop();
    expect(last).toMatchObject({ error: { code: 'server/wrong-key', values: { says: 'Wrong: Bearer …' } } });
    expect(JSON.stringify(last)).not.toContain(key);
  });

  it('name the place that a question was sent on to, which is not asked', async () => {
    const server = await RoughServer.start((response) => {
      response.writeHead(308, { location: 'https://elsewhere.example/v1/chat/completions' }).end();
    });
    const { last } = await collect(modelAt(server.address), input('Hello'));
    await server.stop();
    expect(last).toMatchObject({ error: { code: 'server/moved', values: { other: 'elsewhere.example' } } });
  });

  const usual = 3000;
  it.each<[string | null, number]>([
    ['7', 7000],
    ['0', 0],
    ['0.5', 500],
    ['-5', usual],
    ['soon', usual],
    ['', usual],
    [null, usual],
    ['99999999', 120_000],
    ['1e400', 120_000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', usual],
    ['Fri, 01 Jan 2100 00:00:00 GMT', 120_000],
  ])('say how long to wait, and %j is %i ms', (header, afterMs) => {
    expect(failureOfAnswer(429, '', 'h', header).retry).toEqual({ afterMs });
  });

  it('say how long to wait as a date', () => {
    const { retry } = failureOfAnswer(503, '', 'h', new Date(Date.now() + 20_000).toUTCString());
    expect(retry?.afterMs).toBeGreaterThan(17_000);
    expect(retry?.afterMs).toBeLessThanOrEqual(20_000);
  });

  it.each([
    'server/no-balance',
    'server/model-missing',
    'server/not-allowed',
    'server/no-memory',
    'server/refused-content',
  ])('lead to no second try where that cannot help: %s', (code) => {
    const bodies: Record<string, [number, string]> = {
      'server/no-balance': [429, 'insufficient_quota'],
      'server/model-missing': [404, 'model not found'],
      'server/not-allowed': [403, 'real-name authentication required'],
      'server/no-memory': [500, 'CUDA out of memory'],
      'server/refused-content': [400, 'flagged by moderation'],
    };
    const [status, body] = bodies[code] ?? [0, ''];
    const failure = failureOfAnswer(status, body, 'h', '3');
    expect(failure).toMatchObject({ code, action: 'choose-model' });
    expect(failure.retry).toBeUndefined();
  });
});

describe('a server that does not say a word', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([
    ['http://127.0.0.1:9/v1', 600],
    ['http://192.168.1.5:8080/v1', 600],
    ['http://nas.local/v1', 600],
    ['https://api.example.com/v1', 60],
  ])('is waited for by its place: %s for %i s', async (address, seconds) => {
    vi.useFakeTimers();
    const never = (() => new Promise(() => {})) as typeof fetch;
    let ended = false;
    const outcome = collect(modelAt(address, never), input('Hello')).finally(() => {
      ended = true;
    });
    await vi.advanceTimersByTimeAsync(seconds * 1000 - 10);
    expect(ended).toBe(false);
    await vi.advanceTimersByTimeAsync(20);
    expect((await outcome).last).toMatchObject({ error: { code: 'server/stalled', values: { seconds } } });
  });

  it('is left at once, even where its transport does not let go', async () => {
    const never = (() => new Promise(() => {})) as typeof fetch;
    const stop = new AbortController();
    const outcome = collect(modelAt('http://127.0.0.1:9/v1', never), input('Hello'), { signal: stop.signal });
    stop.abort();
    expect((await outcome).last).toEqual({ type: 'aborted' });
  });
});
