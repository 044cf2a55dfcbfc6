import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { GenerateInput } from '../../../contract/engine.ts';
import { failureOfAnswer } from '../../../models/openai-compatible/failures.ts';
import { createServerModel } from '../../../models/openai-compatible/server-model.ts';
import { beginStream, chunk, RoughServer } from '../../fakes/rough-server.ts';
import { collect, continuing, input } from '../../support/language-model-suite.ts';

interface Request {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly max_tokens?: number;
}

function write(response: ServerResponse, pieces: readonly string[], reason = 'stop'): void {
  beginStream(response);
  for (const content of pieces) response.write(chunk({ content }));
  response.end(`${chunk({}, reason)}data: [DONE]\n\n`);
}

describe('a server', () => {
  let server: RoughServer | null = null;
  afterEach(() => server?.stop());

  async function ask(question: GenerateInput, answer: (request: Request, response: ServerResponse) => void) {
    const asked: Request[] = [];
    server = await RoughServer.start((response, request) => {
      let body = '';
      request.on('data', (piece: Buffer) => {
        body += piece.toString();
      });
      request.on('end', () => {
        asked.push(JSON.parse(body) as Request);
        answer(JSON.parse(body) as Request, response);
      });
    });
    const { address } = server;
    const { host } = new URL(address);
    const readKey = () => Promise.resolve(null);
    const model = createServerModel({ id: 's:m', name: 'M', address, host, model: 'm', readKey, fetch });
    return { ...(await collect(model, question)), asked };
  }

  /** As vLLM: what the answer may take counts as if it were written. Two bytes are a token here. */
  const withWindow =
    (tokens: number, answer: (response: ServerResponse) => void) => (request: Request, response: ServerResponse) => {
      const prompt = request.messages.reduce((sum, { content }) => sum + Math.ceil(content.length / 2), 0);
      if (prompt + (request.max_tokens ?? 1) <= tokens) return answer(response);
      const message = `This model's maximum context length is ${tokens} tokens. However, you requested more.`;
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ object: 'error', message, type: 'BadRequestError', code: 400 }));
    };

  it('that counts the longest answer into its window is asked with that left to it', async () => {
    const { text, last, asked } = await ask(
      input('Why?', { maxTokens: 4096 }),
      withWindow(4096, (response) => write(response, ['So.'])),
    );
    expect(asked.map((request) => request.max_tokens)).toEqual([4096, undefined]);
    expect({ text, end: last?.type }).toEqual({ text: 'So.', end: 'finish' });
  });

  it('that ends an answer where it is full says that it is cut', async () => {
    const { last } = await ask(
      input('Why?', { maxTokens: 4096 }),
      withWindow(4096, (response) => write(response, ['So'], 'length')),
    );
    expect(last).toMatchObject({ type: 'finish', reason: 'length' });
  });

  it('is asked for as much as a text takes where the answer is as long as that, or refuses it', async () => {
    const correct = (length: number) => input('x'.repeat(length), { maxTokens: 4096, hints: { expectLong: true } });
    const fits = await ask(
      correct(2000),
      withWindow(4096, (response) => write(response, ['So.'])),
    );
    expect(fits.asked.map((request) => request.max_tokens)).toEqual([4096, 1000]);
    expect(fits.last?.type).toBe('finish');
    await server?.stop();
    const full = await ask(
      correct(5000),
      withWindow(4096, (response) => write(response, ['So'], 'length')),
    );
    expect(full.last).toMatchObject({ type: 'failure', error: { code: 'server/context-full' } });
  });

  it('that takes no text of this length is asked once more at most, and not where the answer is short', async () => {
    for (const [maxTokens, requests] of [
      [4096, 2],
      [120, 1],
    ] as const) {
      const { last, asked } = await ask(
        input('x'.repeat(9000), { maxTokens }),
        withWindow(4096, () => {}),
      );
      expect(last).toMatchObject({ type: 'failure', error: { code: 'server/context-full' } });
      expect(asked).toHaveLength(requests);
      await server?.stop();
    }
  });

  const before = 'The tide turns at noon, and the ferry';
  // The run was told as complete, with a sentence that breaks off.
  it.each([
    ['stops before its end', ['The tide turns', ' at noon,']],
    ['stops at its end', [before]],
  ])('that only says again what is there, and %s, has cut the answer', async (_, pieces) => {
    const { text, last, asked } = await ask(input('When?', { hints: continuing(before) }), (_request, response) =>
      write(response, pieces),
    );
    expect(text).toBe('');
    expect(last).toMatchObject({ type: 'failure', error: { code: 'server/cut' } });
    expect(asked).toHaveLength(2);
  });
});

describe('what a server refuses with', () => {
  const failureOf = (status: number, body: unknown) =>
    failureOfAnswer(status, typeof body === 'string' ? body : JSON.stringify(body), 'host', null);
  const codeOf = (status: number, body: unknown) => failureOf(status, body).code;

  it.each([
    [{ error: { message: 'the request exceeds the available context size', type: 'exceed_context_size_error' } }],
    [{ error: { message: 'too many tokens', code: 'context_length_exceeded' } }],
    [{ object: 'error', message: "This model's maximum context length is 4096 tokens.", code: 400 }],
    [{ error: 'prompt is too long' }],
    ['the prompt is more than the context window'],
    [[{ error: { message: 'maximum context length is 4096 tokens' } }]],
    [
      {
        error: {
          message: 'Provider returned error',
          metadata: { raw: '{"error":{"message":"maximum context length is 4096 tokens"}}' },
        },
      },
    ],
  ])('is a text that is too long: %j', (body) => {
    expect(failureOf(400, body)).toMatchObject({ code: 'server/context-full', action: 'choose-model' });
  });

  it.each([
    'Does the context window of a model count its maximum context?',
    'How do I get an API key for authentication?',
  ])('is not what a person asked: %j', (content) => {
    const detail = [{ type: 'missing', msg: 'Field required', input: { messages: [{ role: 'user', content }] } }];
    expect(codeOf(400, { detail })).toBe('server/failed');
    expect(codeOf(400, { error: { message: 'Bad request', code: 400 }, request: content })).toBe('server/failed');
  });
});
