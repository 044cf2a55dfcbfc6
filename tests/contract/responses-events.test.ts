import { describe, expect, it } from 'vitest';
import type { ModelPart } from '../../contract/engine.ts';
import { Egress } from '../../core/egress/egress.ts';
import { type Provider, providerOf } from '../../models/providers/provider.ts';
import { createProviderModel } from '../../models/providers/provider-model.ts';
import { beginStream, type RoughAnswer, RoughServer } from '../fakes/rough-server.ts';
import { collect, input } from '../support/language-model-suite.ts';

const connection = new Egress({ isOffline: () => false, log: { write: () => {} } }).fetchFor('answer', () => {});

async function answerOf(answer: RoughAnswer) {
  const server = await RoughServer.start(answer);
  const { address } = server;
  const model = createProviderModel({
    ...{ id: 's', name: 'M', address, host: new URL(address).host, fetch: connection, model: 'm' },
    ...{ provider: providerOf('openai') as Provider, readKey: () => Promise.resolve('k') },
  });
  const { text, thinking, last } = await collect(model, input('Hello'));
  await server.stop();
  return { text, thinking, end: endOf(last) };
}

function endOf(last: ModelPart | undefined): string {
  if (last?.type === 'finish') return last.reason;
  if (last?.type !== 'failure') return String(last?.type);
  return [last.error.code, last.error.values?.['context']].filter((part) => part !== undefined).join(' ');
}

type Event = object | string | null;
const spoken = (event: Event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`;
const streamed = (events: readonly Event[]) =>
  answerOf((response) => {
    beginStream(response);
    response.end(events.map(spoken).join(''));
  });
const wholly = (answer: object) =>
  answerOf((response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer));
  });

const item = { id: 'msg_1', type: 'message', role: 'assistant' };
const created = { type: 'response.created', response: { id: 'r', created_at: 1, model: 'm', status: 'in_progress' } };
const added = { type: 'response.output_item.added', output_index: 0, item: { ...item, content: [] } };
const place = { item_id: 'msg_1', output_index: 0, content_index: 0 };
const words = (delta: string) => ({ type: 'response.output_text.delta', ...place, delta });
const usage = { input_tokens: 5, output_tokens: 2, total_tokens: 7 };
const completed = { type: 'response.completed', response: { id: 'r', status: 'completed', output: [], usage } };
const begun = [created, added, words('The tide ')];
const ended = [words('turns.'), completed];

const sorry = "I'm sorry, I can't help with that.";
const call = { id: 'fc', type: 'function_call', call_id: 'c', name: 'x', arguments: '{}', status: 'completed' };

describe('an answer of Responses', () => {
  it('that refuses is an answer in its own words, as in other protocols', async () => {
    const events = [
      ...[created, added, { type: 'response.refusal.delta', ...place, delta: sorry }],
      ...[{ type: 'response.refusal.done', ...place, refusal: sorry }, completed],
    ];
    expect(await streamed(events)).toMatchObject({ text: sorry, end: 'stop' });
    const content = [{ type: 'refusal', refusal: sorry }];
    const whole = { id: 'r', object: 'response', status: 'completed', output: [{ ...item, content }], usage };
    expect(await wholly(whole)).toMatchObject({ text: sorry, end: 'stop' });
  });

  it('that only asks for a tool says that, and was not broken off', async () => {
    const events = [
      ...[created, { type: 'response.output_item.added', output_index: 0, item: { ...call, status: 'in_progress' } }],
      ...[{ type: 'response.output_item.done', output_index: 0, item: call }, completed],
    ];
    expect((await streamed(events)).end).toBe('server/unreadable tool');
    const whole = { id: 'r', object: 'response', status: 'completed', output: [call], usage };
    expect((await wholly(whole)).end).toBe('server/unreadable tool');
  });

  it.each<[string, Event]>([
    ['a kind that is a number', { type: 7 }],
    ['a kind that is nothing', { type: null }],
    ['no kind', { nothing: 1 }],
    ['a kind that is not known', { type: 'response.brand_new.thing', x: [1] }],
    ['a sign of life', { type: 'keepalive', sequence_number: 3 }],
    ['null', null],
    ['an empty list', '[]'],
    ['a text', '"hello"'],
    ['a number', '7'],
    ['an annotation of a new kind', { type: 'response.output_text.annotation.added', annotation: { type: 'new' } }],
    ['an annotation of no kind', { type: 'response.output_text.annotation.added', ...place }],
    ['an item of a new kind', { type: 'response.output_item.added', output_index: 1, item: { type: 'new', id: 'z' } }],
    ['a known item without its fields', { type: 'response.output_item.added', item: { type: 'web_search_call' } }],
    ['an item that is nothing', { type: 'response.output_item.done', output_index: 0, item: null }],
    ['words that are none', { type: 'response.output_text.delta', ...place, delta: { a: 1 } }],
    ['a state that is nothing', { type: 'response.in_progress', response: null }],
    ['a summary without a place', { type: 'response.reasoning_summary_part.added' }],
  ])('goes on past an event that is odd: %s', async (_what, odd) =>
    expect(await streamed([...begun, odd, ...ended])).toMatchObject({ text: 'The tide turns.', end: 'stop' }),
  );

  it.each<[string, object]>([
    ['words without their place', { type: 'response.output_text.delta', delta: 'turns.' }],
    ['words with odd likelihoods', { ...words('turns.'), logprobs: [{ token: 1 }] }],
  ])('keeps %s', async (_what, event) =>
    expect(await streamed([...begun, event, completed])).toMatchObject({ text: 'The tide turns.', end: 'stop' }),
  );

  it.each<[string, object]>([
    ['counts that are none', { status: 'completed', usage: { input_tokens: 'few' } }],
    ['nothing', {}],
    ['odd reasons for not being incomplete', { incomplete_details: {}, usage: null }],
  ])('is whole with %s at its end', async (_what, response) =>
    expect(await streamed([...begun, words('turns.'), { type: 'response.completed', response }])).toMatchObject({
      text: 'The tide turns.',
      end: 'stop',
    }),
  );

  it('keeps apart what an open model thinks', async () => {
    const thought = { type: 'response.reasoning_text.delta', item_id: 'rs', content_index: 0, delta: 'Hm.' };
    expect(await streamed([created, thought, words('Noon.'), completed])).toEqual({
      ...{ text: 'Noon.', thinking: 'Hm.', end: 'stop' },
    });
  });

  it('that comes as one message is read past what is odd in it', async () => {
    const content = [{ type: 'output_text', text: 'Whole', annotations: [{ type: 'new' }] }, { type: 'new' }];
    const output = [{ type: 'new_item' }, { type: 'reasoning', id: 'q', summary: 'x' }, { type: 'message', content }];
    expect(await wholly({ object: 'response', output })).toMatchObject({ text: 'Whole', end: 'stop' });
    expect((await wholly({ object: 'response', status: 'incomplete', output })).end).toBe('length');
    expect((await wholly({ object: 'response', status: 'failed', output })).end).toBe('server/error-within');
  });

  it.each<[string, object, string]>([
    ['an error', { type: 'error', message: 'The engine is overloaded' }, 'server/busy overloaded'],
    ['a failure', { type: 'response.failed', response: { error: { message: 'Boom' } } }, 'server/error-within'],
    ['a failure that says nothing', { type: 'response.failed', response: {} }, 'server/error-within'],
    [
      'a filter',
      { type: 'response.incomplete', response: { incomplete_details: { reason: 'content_filter' } } },
      'server/filtered',
    ],
  ])('still ends by %s', async (_what, event, end) =>
    expect(await streamed([...begun, event])).toMatchObject({ text: 'The tide ', end }),
  );

  it('that ends before its end was broken off', async () =>
    expect(await streamed([...begun, { type: 7 }])).toMatchObject({ text: 'The tide ', end: 'server/cut' }));
});
