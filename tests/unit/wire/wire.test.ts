import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { request, state, stream } from '../../../contract/define.ts';
import { AppError } from '../../../contract/errors.ts';
import type { Channel } from '../../../wire/channel.ts';
import { WireClient } from '../../../wire/client.ts';
import { holdChannel } from '../../../wire/held-channel.ts';
import { createLinkedPair } from '../../../wire/linked-pair.ts';
import { type Handlers, serve } from '../../../wire/server.ts';
import { StateSource } from '../../../wire/state-source.ts';

const contract = {
  requests: {
    'number.double': request(z.strictObject({ value: z.number() })).returns(z.number()),
    'error.expected': request(z.strictObject({})).returns(z.null()),
    'error.bug': request(z.strictObject({})).returns(z.null()),
    'never.answered': request(z.strictObject({})).returns(z.null()),
  },
  streams: { 'number.count': stream(z.strictObject({ to: z.number() })).of(z.number()) },
  states: { counter: state(z.strictObject({ count: z.number(), name: z.string() })) },
} as const;

let closedAt: number | null = null;
const counter = new StateSource({ count: 0, name: 'a' });

const handlers: Handlers<typeof contract> = {
  requests: {
    'number.double': ({ value }) => value * 2,
    'error.expected': () => {
      throw new AppError('model/none', 'no model', { action: 'get-model' });
    },
    'error.bug': () => {
      throw new TypeError('broken');
    },
    'never.answered': () => new Promise<null>(() => {}),
  },
  streams: {
    'number.count': async function* ({ to }, signal) {
      signal.addEventListener('abort', () => {
        closedAt = Date.now();
      });
      for (let value = 0; value < to; value += 1) {
        yield value;
        if (value % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
      }
    },
  },
  states: { counter },
};

const bugs: string[] = [];
const open: Channel[] = [];

function connect() {
  const [left, right] = createLinkedPair();
  open.push(left);
  serve(right, contract, handlers, { onBug: (name) => bugs.push(name) });
  return { client: new WireClient(left, contract), left, right };
}

afterEach(() => {
  for (const channel of open.splice(0)) channel.close();
  bugs.length = 0;
});

describe('requests', () => {
  it('answers a request, and a wrong input, an unknown route and __proto__ with a code', async () => {
    const { client, left } = connect();
    expect(await client.request('number.double', { value: 21 })).toEqual({ ok: true, value: 42 });
    const answers: unknown[] = [];
    left.onMessage((message) => answers.push(message));
    left.send({ kind: 'request', id: 900, name: 'number.double', input: { value: 'x', extra: 1 } });
    left.send({ kind: 'request', id: 901, name: '__proto__', input: {} });
    left.send({ kind: 'request', id: 902, name: 'toString', input: {} });
    left.send('garbage');
    left.send({ kind: 'request', id: 1.5, name: 'number.double', input: {} });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(answers).toMatchObject(
      [
        { id: 901, error: { code: 'app/unknown-route' } },
        { id: 902, error: { code: 'app/unknown-route' } },
        { id: 900, error: { code: 'app/bad-request' } },
      ].sort((a, b) => a.id - b.id),
    );
  });

  it('keeps code and next step of an expected error, and reports only bugs', async () => {
    const { client } = connect();
    expect(await client.request('error.expected', {})).toEqual({
      ok: false,
      error: { code: 'model/none', message: 'no model', action: 'get-model' },
    });
    expect(await client.request('error.bug', {})).toMatchObject({ ok: false, error: { code: 'app/internal' } });
    expect(bugs).toEqual(['error.bug']);
  });

  it('answers what is pending when the other process dies', async () => {
    const { client, right } = connect();
    const pending = client.request('never.answered', {});
    right.close();
    expect(await pending).toMatchObject({ ok: false, error: { code: 'app/not-connected' } });
    expect(await client.request('number.double', { value: 1 })).toMatchObject({ ok: false });
  });
});

describe('a server that starts late', () => {
  it('answers what was asked before it was there', async () => {
    const [left, right] = createLinkedPair();
    open.push(left);
    const held = holdChannel(right);
    const client = new WireClient(left, contract);
    const early = client.request('number.double', { value: 4 });
    await new Promise((resolve) => setTimeout(resolve, 10));
    serve(held.channel, contract, handlers);
    held.release();
    expect(await early).toEqual({ ok: true, value: 8 });
    expect(await client.request('number.double', { value: 5 })).toEqual({ ok: true, value: 10 });
  });
});

describe('streams', () => {
  it('delivers more parts than the initial credit, in order', async () => {
    const { client } = connect();
    const parts: number[] = [];
    for await (const part of client.open('number.count', { to: 2000 })) parts.push(part);
    expect(parts).toEqual(Array.from({ length: 2000 }, (_, index) => index));
  });

  it('stops the producer when the reader leaves the loop', async () => {
    const { client } = connect();
    closedAt = null;
    const reading = client.open('number.count', { to: 1_000_000 });
    for await (const part of reading) if (part === 10) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(reading.outcome).toBe('aborted');
    expect(closedAt).not.toBeNull();
  });

  it('does not run ahead of a reader that does not read', async () => {
    const { client } = connect();
    const reading = client.open('number.count', { to: 1_000_000 });
    const iterator = reading[Symbol.asyncIterator]();
    await iterator.next();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const buffered: number[] = [];
    for (let index = 0; index < 200; index += 1) buffered.push((await iterator.next()).value as number);
    expect(buffered[199]).toBe(200);
    reading.close();
  });
});

describe('states', () => {
  it('mirrors a snapshot and its patches, and asks again after a gap', async () => {
    const { client, left } = connect();
    const mirror = client.watch('counter');
    const first = await mirror.ready();
    expect(first.name).toBe('a');
    counter.update({ count: first.count + 1 });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(mirror.getSnapshot()?.count).toBe(first.count + 1);
    const frames: unknown[] = [];
    left.onMessage((frame) => frames.push(frame));
    mirror.takePatch(999, { count: -1 });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(mirror.getSnapshot()?.count).toBe(first.count + 1);
    expect(frames).toMatchObject([{ kind: 'snapshot' }]);
  });
});
