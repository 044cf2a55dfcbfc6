import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { request, state, stream } from '../../../contract/define.ts';
import type { Channel } from '../../../wire/channel.ts';
import { WireClient } from '../../../wire/client.ts';
import { createLinkedPair } from '../../../wire/linked-pair.ts';

const contract = {
  requests: {
    'place.find': request(z.strictObject({})).returns(z.strictObject({ x: z.number(), name: z.string().max(9) })),
  },
  streams: { 'word.say': stream(z.strictObject({})).of(z.strictObject({ word: z.string() })) },
  states: { counter: state(z.strictObject({ count: z.number(), name: z.string() })) },
} as const;

const open: Channel[] = [];
afterEach(() => {
  for (const channel of open.splice(0)) channel.close();
});

/** A client, and the other side's end of its channel to say anything on. */
function connect() {
  const [left, right] = createLinkedPair();
  open.push(left);
  const breaches: string[] = [];
  const heard: { readonly kind: string; readonly id: number }[] = [];
  right.onMessage((message) => heard.push(message as (typeof heard)[number]));
  const client = new WireClient(left, contract, { onBreach: (wrong) => breaches.push(wrong) });
  return { client, right, breaches, heard };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));
const own = (text: string): unknown => JSON.parse(text);

describe('an answer that its contract does not allow', () => {
  it.each([
    ['a wrong type', { x: '1', name: 'a' }],
    ['a missing field', { x: 1 }],
    ['a field more', { x: 1, name: 'a', more: 'x'.repeat(100_000) }],
    ['a text that is too long', { x: 1, name: 'x'.repeat(10) }],
    ['no number', { x: Number.NaN, name: 'a' }],
    ['a prototype', own('{"x":1,"name":"a","__proto__":{"y":2}}')],
    ['a constructor', own('{"x":1,"name":"a","constructor":{"prototype":{}}}')],
    ['a list', [1, 'a']],
    ['nothing', null],
    ['no value at all', undefined],
  ])('is not believed and told once: %s', async (_, value) => {
    const { client, right, breaches } = connect();
    const asked = client.request('place.find', {});
    right.send({ kind: 'value', id: 1, value });
    expect(await asked).toMatchObject({ ok: false, error: { code: 'app/bad-answer' } });
    expect(breaches).toHaveLength(1);
  });

  it.each([
    ['a code that there is not', { code: 'no/such', message: 'x' }],
    ['no message', { code: 'model/none' }],
    ['a message that is a list', { code: 'model/none', message: ['x'] }],
    ['an endless message', { code: 'model/none', message: 'x'.repeat(200_000) }],
    ['a step that there is not', { code: 'model/none', message: 'x', action: 'run-this' }],
    ['values of another kind', { code: 'model/none', message: 'x', values: { a: { b: 1 } } }],
    ['a field more', { code: 'model/none', message: 'x', stack: 'y' }],
  ])('is an error with %s', async (_, error) => {
    const { client, right, breaches } = connect();
    const asked = client.request('place.find', {});
    right.send({ kind: 'error', id: 1, error });
    expect(await asked).toMatchObject({ ok: false, error: { code: 'app/bad-answer' } });
    expect(breaches).toHaveLength(1);
  });

  it('is a second one, one that nothing was asked for, and a part in its place', async () => {
    const { client, right, breaches } = connect();
    const asked = client.request('place.find', {});
    right.send({ kind: 'part', id: 1, sequence: 0, part: { word: 'a' } });
    right.send({ kind: 'value', id: 1, value: { x: 1, name: 'a' } });
    expect(await asked).toEqual({ ok: true, value: { x: 1, name: 'a' } });
    right.send({ kind: 'value', id: 1, value: { x: 2, name: 'b' } });
    right.send({ kind: 'value', id: 77, value: { x: 2, name: 'b' } });
    right.send({ kind: 'value' });
    await turn();
    expect(breaches).toHaveLength(4);
  });
});

describe('a part that its contract does not allow', () => {
  const read = async (parts: AsyncIterable<{ readonly word: string }>) => {
    const words: string[] = [];
    for await (const { word } of parts) words.push(word);
    return words;
  };

  it.each([
    ['a wrong type', [{ kind: 'part', sequence: 0, part: { word: 1 } }]],
    ['another number than the next', [{ kind: 'part', sequence: 1, part: { word: 'a' } }]],
    ['the number of the one before', [0, 0].map((sequence) => ({ kind: 'part', sequence, part: { word: 'a' } }))],
    ['a part that is none', [{ kind: 'part', sequence: 0, part: 'word' }]],
    ['a snapshot', [{ kind: 'snapshot', revision: 0, value: {} }]],
  ])('ends its stream, and is told: %s', async (_, frames) => {
    const { client, right, breaches } = connect();
    const words = read(client.open('word.say', {}));
    for (const frame of frames) right.send({ id: 1, ...frame });
    await expect(words).rejects.toMatchObject({ code: 'app/bad-answer' });
    expect(breaches).toHaveLength(1);
  });

  it('is one more than was asked for: what nobody reads does not fill the memory', async () => {
    const { client, right, breaches } = connect();
    const stream = client.open('word.say', {});
    for (let sequence = 0; sequence < 1000; sequence += 1)
      right.send({ kind: 'part', id: 1, sequence, part: { word: 'a' } });
    await turn();
    expect(stream.outcome).toBe('error');
    expect(breaches[0]).toMatch(/more stream parts than were asked for/);
  });

  it('is one after the end, but none that was on its way when the stream was closed here', async () => {
    const { client, right, breaches } = connect();
    const closed = client.open('word.say', {});
    closed.close();
    for (let sequence = 0; sequence < 200; sequence += 1)
      right.send({ kind: 'part', id: 1, sequence, part: { word: 'a' } });
    right.send({ kind: 'aborted', id: 1 });
    await turn();
    expect(breaches).toEqual([]);
    right.send({ kind: 'part', id: 1, sequence: 200, part: { word: 'a' } });
    await turn();
    expect(breaches).toHaveLength(1);
  });
});

describe('a state that its contract does not allow', () => {
  it.each([
    ['a wrong snapshot', 'snapshot', { count: 'x', name: 'a' }],
    ['a snapshot with a field missing', 'snapshot', { count: 1 }],
    ['a wrong change', 'patch', { count: 'x' }],
    ['a change of something else', 'patch', { count: 2, other: 1 }],
    ['a change of the prototype', 'patch', own('{"__proto__":{"count":9}}')],
  ])('stays as it was: %s', async (_, kind, value) => {
    const { client, right, breaches } = connect();
    const mirror = client.watch('counter');
    right.send({ kind: 'snapshot', id: 1, revision: 0, value: { count: 1, name: 'a' } });
    right.send({ kind, id: 1, revision: 1, value });
    await turn();
    expect(mirror.getSnapshot()).toEqual({ count: 1, name: 'a' });
    expect(breaches).toHaveLength(1);
  });

  it('is not there before its first snapshot, which a thousand changes before it do not ask for a thousand times', async () => {
    const { client, right, heard } = connect();
    const mirror = client.watch('counter');
    for (let revision = 1; revision < 1000; revision += 1)
      right.send({ kind: 'patch', id: 1, revision, value: { count: revision } });
    await turn();
    expect(mirror.getSnapshot()).toBeUndefined();
    expect(heard.filter(({ kind }) => kind === 'watch')).toHaveLength(1);
  });
});
