import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModelPart } from '../../../contract/engine.ts';
import { answersHello, Gate, question } from '../../support/gate.ts';
import { continuing } from '../../support/language-model-suite.ts';
import { endOf as end, textOf as text } from '../../support/model-parts.ts';

describe('a prompt that leaves', () => {
  let gate: Gate;
  beforeEach(async () => {
    gate = await Gate.start();
  });
  afterEach(() => gate.stop());

  /** Every way by which anything is asked of a server; each gives the code of its error. */
  const routes: Readonly<Record<string, (modelId: string) => Promise<string | undefined>>> = {
    'a question': async (modelId) => end(await gate.ask(modelId)),
    'an answer that is gone on with': async (modelId) =>
      end(await gate.ask(modelId, { hints: continuing('It rains') })),
    'the parts of a long text': async (modelId) => {
      const parts: ModelPart[] = [];
      const list = gate.servers.model(modelId, null)?.generateEach([question, question], new AbortController().signal);
      for await (const { part } of list ?? []) parts.push(part);
      return end(parts);
    },
    'a model that is tried': async () => {
      const { address } = gate.settings.servers[0] ?? { address: '' };
      const { error } = await gate.servers.test({ address, key: null, model: 'mine', serverId: null });
      return error?.code;
    },
    'a list of models': async () => {
      const { address } = gate.settings.servers[0] ?? { address: '' };
      return (await gate.servers.test({ address, key: null, model: null, serverId: null })).error?.code;
    },
  };

  it.each(Object.entries(routes))('opens no connection while the offline lock is closed: %s', async (_name, ask) => {
    const modelId = gate.add('nas.lan');
    gate.lock();
    expect(await ask(modelId)).toBe('offline/locked');
    expect({ connections: gate.connections, entries: gate.entries() }).toEqual({ connections: 0, entries: [] });
  });

  it('opens no connection while the lock is closed, though a download names an address of the catalogue', async () => {
    gate.lock();
    const send = gate.egress.fetchFor('download', () => {});
    await expect(send(`http://nas.lan:${gate.port}/file`)).rejects.toMatchObject({ code: 'offline/locked' });
    expect(gate.connections).toBe(0);
  });

  it('is joined by a download that is under way: it ends when the lock is closed, and says why', async () => {
    const send = gate.egress.fetchFor('download', () => {});
    gate.list = (response) => response.write('the beginning of a file');
    const response = await send(`http://nas.lan:${gate.port}/file`);
    const reader = response.body?.getReader();
    await reader?.read();
    gate.lock();
    await expect(reader?.read()).rejects.toMatchObject({ code: 'offline/locked' });
  });

  it('reaches a server on this machine while the lock is closed, with a receipt', async () => {
    const modelId = gate.add();
    gate.lock();
    expect(text(await gate.ask(modelId))).toBe('Hello.');
    expect(gate.entries()).toMatchObject([{ state: 'arrived', place: 'this-machine' }]);
  });

  it.each(Object.entries(routes).slice(0, 4))(
    'has a receipt on disk before the server sees a connection: %s',
    async (_name, ask) => {
      await ask(gate.add('nas.lan'));
      const carried = gate.atConnection.at(-1) ?? [];
      expect(carried.at(-1)).toMatchObject({ state: 'sending', host: `nas.lan:${gate.port}`, place: 'local-network' });
    },
  );

  it('is settled by what came: who got it, how often it was asked, bytes and tokens', async () => {
    const parts = await gate.ask(gate.add('nas.lan'));
    expect(end(parts)).toBe('finish');
    const [sent] = gate.questions;
    expect(gate.entries()).toMatchObject([
      {
        ...{ purpose: 'answer', state: 'arrived', host: `nas.lan:${gate.port}`, error: null, requests: 1 },
        ...{ sent_bytes: Buffer.byteLength(sent?.body ?? ''), prompt_tokens: 7, output_tokens: 2 },
      },
    ]);
    expect(sent?.body).toContain('A private question.');
  });

  it('has one receipt for each part of a long text', async () => {
    const modelId = gate.add();
    const list = gate.servers.model(modelId, null)?.generateEach(Array(3).fill(question), new AbortController().signal);
    const indexes: number[] = [];
    for await (const { index, part } of list ?? []) if (part.type === 'finish') indexes.push(index);
    expect(indexes).toEqual([0, 1, 2]);
    expect(gate.entries().map(({ state }) => state)).toEqual(['arrived', 'arrived', 'arrived']);
  });

  it('counts what was asked in another way since the server refused one', async () => {
    let asked = 0;
    gate.answer = (response) => {
      asked += 1;
      if (asked > 1) return answersHello(response);
      const message = "Unsupported parameter: 'temperature' is not supported with this model.";
      response.writeHead(400).end(JSON.stringify({ error: { message, code: 'unsupported_parameter' } }));
    };
    expect(end(await gate.ask(gate.add()))).toBe('finish');
    expect(gate.entries()).toMatchObject([{ state: 'arrived', requests: asked }]);
    expect(gate.entries()[0]?.sent_bytes).toBe(
      gate.questions.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0),
    );
  });

  it('is noted as failed with the cause, and as cancelled where the person stopped it', async () => {
    gate.answer = (response) => response.writeHead(401).end('{"error":{"message":"no such key"}}');
    const modelId = gate.add();
    expect(end(await gate.ask(modelId))).toBe('server/key-wanted');
    const stop = new AbortController();
    gate.answer = () => stop.abort();
    expect(end(await gate.ask(modelId, {}, stop.signal))).toBe('aborted');
    expect(gate.entries()).toMatchObject([
      { state: 'failed', error: 'server/key-wanted', requests: 1 },
      { state: 'cancelled', error: null, requests: 1 },
    ]);
    expect(gate.entries()[0]?.sent_bytes).toBeGreaterThan(0);
  });

  it('is noted as cancelled where whoever read the answer left in its middle', async () => {
    gate.answer = (response) => {
      response.setHeader('content-type', 'text/event-stream');
      response.write('data: {"choices":[{"index":0,"delta":{"content":"Once "}}]}\n\n');
    };
    const model = gate.servers.model(gate.add(), null);
    for await (const part of model?.generate(question, new AbortController().signal) ?? [])
      if (part.type === 'text-delta') break;
    expect(gate.entries()).toMatchObject([{ state: 'cancelled' }]);
  });

  it('leaves no receipt where it could not be asked at all', async () => {
    gate.keys.set('server:s-1', 'sk-…');
    expect(end(await gate.ask(gate.add('127.0.0.1', 'key-store')))).toBe('server/key-unusable');
    expect({ connections: gate.connections, entries: gate.entries() }).toEqual({ connections: 0, entries: [] });
  });
});
