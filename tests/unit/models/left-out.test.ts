import { afterEach, describe, expect, it } from 'vitest';
import type { AppErrorShape } from '../../../contract/errors.ts';
import { ModelHabits } from '../../../models/openai-compatible/habits.ts';
import { createServerModel } from '../../../models/openai-compatible/server-model.ts';
import { beginStream, chunk, RoughServer } from '../../fakes/rough-server.ts';
import { collect, input } from '../../support/language-model-suite.ts';

type Question = Readonly<Record<string, unknown>>;
/** What a server refuses a question with; null where it answers. */
type Refusal = readonly [number, unknown] | null;

const error = (message: string, more: object = {}) => ({ error: { message, ...more } });
const question = input(
  [
    { role: 'system', text: 'Be brief.' },
    { role: 'user', text: 'Why?' },
  ],
  { sampling: { temperature: 0, topP: 0.9, presencePenalty: 1 }, maxTokens: 64, seed: 7 },
);
const habits = new ModelHabits();

describe('a server that refuses a part of the question', () => {
  let server: RoughServer | null = null;
  afterEach(() => server?.stop());

  async function ask(refusalOf: (question: Question) => Refusal, times = 1, known = new ModelHabits()) {
    const asked: Question[] = [];
    server = await RoughServer.start(async (response, request) => {
      let body = '';
      for await (const piece of request as AsyncIterable<Buffer>) body += piece.toString();
      const sent = JSON.parse(body) as Question;
      asked.push(sent);
      const refusal = refusalOf(sent);
      if (refusal !== null) {
        response.writeHead(refusal[0], { 'content-type': 'application/json' });
        response.end(JSON.stringify(refusal[1]));
        return;
      }
      beginStream(response);
      response.end(`${chunk({ content: 'So.' })}${chunk({}, 'stop')}data: [DONE]\n\n`);
    });
    const { address } = server;
    const options = { id: 's:m', name: 'M', address, host: new URL(address).host, model: 'm', fetch, habits: known };
    const model = createServerModel({ ...options, readKey: () => Promise.resolve(null) });
    const outcomes = [];
    for (let time = 0; time < times; time += 1) outcomes.push(await collect(model, question));
    return { asked, last: outcomes.at(-1)?.last, text: outcomes.at(-1)?.text };
  }

  it('is asked with all of them as long as it refuses none', async () => {
    const { asked } = await ask(() => null);
    expect(asked).toEqual([
      {
        model: 'm',
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Why?' },
        ],
        stream: true,
        stream_options: { include_usage: true },
        max_tokens: 64,
        temperature: 0,
        top_p: 0.9,
        presence_penalty: 1,
        seed: 7,
      },
    ]);
  });

  it.each<[string, string, number, unknown]>([
    [
      'temperature',
      'OpenAI',
      400,
      error(
        "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.",
        { param: 'temperature' },
      ),
    ],
    [
      'temperature',
      'an older TGI',
      422,
      { error: '`temperature` must be strictly positive', error_type: 'validation' },
    ],
    ['top_p', 'words of its own', 400, error('top_p is not supported')],
    ['presence_penalty', 'words of its own', 400, error('Argument not supported on this model: presencePenalty')],
    [
      'seed',
      'FastAPI',
      422,
      { detail: [{ type: 'extra_forbidden', loc: ['body', 'seed'], msg: 'Extra inputs are not permitted', input: 7 }] },
    ],
    [
      'stream_options',
      'FastAPI',
      422,
      { detail: [{ type: 'value_error.extra', loc: ['body', 'stream_options'], msg: 'extra fields not permitted' }] },
    ],
    [
      'stream_options',
      'Mistral',
      422,
      { message: { detail: [{ loc: ['body', 'stream_options'], msg: 'Extra inputs are not permitted' }] } },
    ],
    ['seed', 'an inner error', 500, error("got an unexpected keyword argument 'seed'")],
    ['temperature', 'an error with a status that is well', 200, error('Invalid parameter: temperature')],
    ['top_p', 'Chinese', 400, error('参数 top_p 无效')],
  ])('is asked once more without %s, as %s says it, and from then on', async (parameter, _server, status, body) => {
    const { asked, text } = await ask((sent) => (parameter in sent ? [status, body] : null), 2);
    expect(text).toBe('So.');
    expect(asked.map((sent) => parameter in sent)).toEqual([true, false, false]);
    // Nothing else is taken away.
    expect(Object.keys(asked[1] ?? {}).sort()).toEqual(
      Object.keys(asked[0] ?? {})
        .filter((name) => name !== parameter)
        .sort(),
    );
  });

  it('is asked with the name it gives for the longest answer, or leaves that to it', async () => {
    const message =
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
    const renamed = await ask((sent) => ('max_tokens' in sent ? [400, error(message)] : null));
    expect(renamed.asked.map((sent) => [sent['max_tokens'], sent['max_completion_tokens']])).toEqual([
      [64, undefined],
      [undefined, 64],
    ]);
    await server?.stop();
    const neither = await ask((sent) => {
      if ('max_tokens' in sent) return [400, error("Invalid 'max_tokens'")];
      return 'max_completion_tokens' in sent ? [400, error('Unknown field: max_completion_tokens')] : null;
    });
    expect(neither.text).toBe('So.');
    expect(neither.asked).toHaveLength(3);
  });

  it.each([
    'System role not supported',
    'Developer instruction is not enabled for models/gemma-3',
    'Conversation roles must alternate user/assistant/user/assistant/...',
    "Invalid value: 'system'. Only user and assistant roles are supported!",
  ])('is given what the system message says with the first question: %s', async (message) => {
    const hasSystem = ({ messages }: Question) =>
      (messages as { role: string }[]).some(({ role }) => role === 'system');
    const { asked, text } = await ask((sent) => (hasSystem(sent) ? [400, error(message)] : null));
    expect(text).toBe('So.');
    expect(asked[1]?.['messages']).toEqual([{ role: 'user', content: 'Be brief.\n\nWhy?' }]);
  });

  it('is asked as often as it names another one, and no oftener', async () => {
    const order = ['seed', 'temperature', 'top_p', 'stream_options'];
    const { asked, text } = await ask((sent) => {
      const named = order.find((name) => name in sent);
      return named === undefined ? null : [400, error(`${named} is not supported`)];
    });
    expect({ asked: asked.length, text }).toEqual({ asked: 5, text: 'So.' });
    await server?.stop();
    const never = await ask(() => [400, error('seed, temperature, top_p and max_tokens are not supported')]);
    // The second time the longest answer goes under its other name.
    expect(never.asked).toHaveLength(2);
    expect(never.last).toMatchObject({ type: 'failure', error: { code: 'server/failed' } });
  });

  it.each<[number, unknown, AppErrorShape['code']]>([
    [400, error('Something is not supported'), 'server/failed'],
    [400, error('The seedling_temperature_x must be set'), 'server/failed'],
    [400, error('Bad request', { request: 'temperature is not supported' }), 'server/failed'],
    [401, error('Invalid API key; temperature is not supported'), 'server/key-wanted'],
    [429, error('too many requests; temperature must be lower'), 'server/busy'],
    [400, error('maximum context length is 10 tokens; max_tokens must be less'), 'server/context-full'],
  ])('is not asked again for what it does not name, or for another cause: %i %j', async (status, body, code) => {
    const { asked, last } = await ask(() => [status, body]);
    expect(asked).toHaveLength(1);
    expect(last).toMatchObject({ type: 'failure', error: { code } });
  });

  it('is asked for the whole at once where it cannot answer in pieces', async () => {
    const { asked, text } = await ask((sent) =>
      'stream' in sent ? [400, error('Streaming is not supported for this model', { param: 'stream' })] : null,
    );
    expect(asked).toHaveLength(2);
    // Counts are asked for of a stream alone.
    expect(Object.keys(asked[1] ?? {})).not.toContain('stream_options');
    expect(text).toBe('So.');
  });

  it('is remembered by address and model', async () => {
    const refusing = (sent: Question): Refusal => ('seed' in sent ? [400, error('seed is not supported')] : null);
    await ask(refusing, 1, habits);
    expect(habits.leftOut(`${server?.address} m`)).toEqual(new Set(['seed']));
    expect(habits.leftOut(`${server?.address} other`)).toEqual(new Set());
  });
});
