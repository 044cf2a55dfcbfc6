import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ModelPart } from '../../../contract/engine.ts';
import { Gate, question } from '../../support/gate.ts';
import { endOf as end, textOf as text } from '../../support/model-parts.ts';

describe('a prompt that leaves, when something changes between the gate and the connection,', () => {
  let gate: Gate;
  beforeEach(async () => {
    gate = await Gate.start();
  });
  afterEach(() => gate.stop());

  it('goes nowhere, and no key with it, where the server has another address by then', async () => {
    const modelId = gate.add('nas.lan', 'key-store');
    gate.onKeyRead = () => {
      gate.change('s-1', { address: 'https://other.example/v1' });
      gate.keys.set('server:s-1', 'sk-for-the-other');
    };
    expect(await gate.ask(modelId)).toMatchObject([
      { type: 'failure', error: { code: 'sending/changed', values: { host: `nas.lan:${gate.port}` } } },
    ]);
    expect({ connections: gate.connections, entries: gate.entries() }).toEqual({ connections: 0, entries: [] });
  });

  it('is joined by a list of models: a key is not sent that became another address’s while it was read', async () => {
    gate.add('nas.lan', 'key-store');
    const [{ address } = { address: '' }] = gate.settings.servers;
    gate.onKeyRead = () => {
      gate.change('s-1', { address: 'https://other.example/v1' });
      gate.keys.set('server:s-1', 'sk-for-the-other');
    };
    const tested = gate.servers.test({ address, key: null, model: null, serverId: 's-1' });
    await expect(tested).rejects.toMatchObject({ code: 'sending/changed' });
    expect(gate.connections).toBe(0);
  });

  it('goes nowhere while a server is being changed, when its new key is kept and its new address is not', async () => {
    const modelId = gate.add('nas.lan', 'key-store');
    gate.keys.set('server:s-1', 'sk-old');
    const ends: unknown[] = [];
    gate.onKeyKept = async () => void ends.push(end(await gate.ask(modelId)));
    const address = `http://other.lan:${gate.port}/v1`;
    await gate.servers.change({ serverId: 's-1', address, key: 'sk-for-the-other', models: ['m'] });
    expect([ends, gate.keysSeen]).toEqual([['sending/changed'], []]);
    expect(end(await gate.ask(modelId))).toBe('finish');
    expect(gate.keysSeen).toEqual(['Bearer sk-for-the-other']);
  });

  it('goes nowhere where the server was removed by then', async () => {
    const modelId = gate.add('nas.lan', 'key-store');
    gate.onKeyRead = () => {
      gate.settings = { ...gate.settings, servers: [] };
    };
    expect(end(await gate.ask(modelId))).toBe('sending/changed');
    expect(gate.connections).toBe(0);
  });

  it('goes nowhere where the lock was closed while the key was read', async () => {
    const modelId = gate.add('nas.lan', 'key-store');
    gate.onKeyRead = () => gate.lock();
    expect(end(await gate.ask(modelId))).toBe('offline/locked');
    expect({ connections: gate.connections, entries: gate.entries() }).toEqual({ connections: 0, entries: [] });
  });

  it.each([
    ['the lock was closed', () => gate.lock(), 'offline/locked'],
    ['the setting alone says so', () => (gate.settings = { ...gate.settings, offline: true }), 'offline/locked'],
    ['the server was changed', () => gate.change('s-1', { address: 'https://other.example' }), 'sending/changed'],
  ])('goes nowhere where, while the system was asked for a proxy, %s', async (_name, change, code) => {
    const modelId = gate.add();
    gate.change('s-1', { address: `https://api.example:${gate.port}/v1` });
    gate.onProxyAsked = () => void change();
    expect(end(await gate.ask(modelId))).toBe(code);
    expect(gate.connections).toBe(0);
    expect(gate.entries()).toMatchObject([{ state: 'failed', error: code, sent_bytes: 0 }]);
  });

  it('is broken off when the lock is closed in the middle of an answer, and what came is kept', async () => {
    const modelId = gate.add('nas.lan');
    gate.answer = (response) => {
      response.setHeader('content-type', 'text/event-stream');
      response.write('data: {"choices":[{"index":0,"delta":{"content":"Once "}}]}\n\n');
    };
    const parts: ModelPart[] = [];
    const model = gate.servers.model(modelId, null);
    for await (const part of model?.generate(question, new AbortController().signal) ?? []) {
      parts.push(part);
      if (part.type === 'text-delta') gate.lock();
    }
    expect([text(parts), end(parts)]).toEqual(['Once ', 'offline/locked']);
    expect(gate.entries()).toMatchObject([{ state: 'failed', error: 'offline/locked' }]);
  });
});

describe('a prompt that leaves, when the disk is full,', () => {
  let gate: Gate;
  beforeEach(async () => {
    gate = await Gate.start();
  });
  afterEach(() => gate.stop());

  /** Fills the file up to the last row that fits. */
  function fill(): () => void {
    gate.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    const pages = Number(gate.database.prepare('PRAGMA page_count').get()?.['page_count']);
    gate.database.exec(`PRAGMA max_page_count = ${pages}`);
    const row = gate.database.prepare(
      "INSERT INTO receipts (id, purpose, state, host, model_id, model_name, began_at) VALUES (?, 'filler', 'failed', '', '', '', 0)",
    );
    expect(() => {
      for (let number = 0; number < 10_000; number += 1) row.run(`filler-${number}`);
    }).toThrow(/full/);
    return () => gate.database.exec('PRAGMA max_page_count = 100000');
  }
  const entries = () => gate.entries().filter(({ purpose }) => purpose !== 'filler');

  it('is not sent without a receipt, which is said with what to do, and is sent once there is room', async () => {
    const modelId = gate.add('nas.lan');
    const makeRoom = fill();
    expect(await gate.ask(modelId)).toMatchObject([
      {
        type: 'failure',
        error: { code: 'sending/no-receipt', values: { context: 'disk-full' }, action: 'free-space' },
      },
    ]);
    expect({ connections: gate.connections, entries: entries() }).toEqual({ connections: 0, entries: [] });
    makeRoom();
    expect(end(await gate.ask(modelId))).toBe('finish');
    expect(entries()).toMatchObject([{ state: 'arrived' }]);
  });

  it('is not sent before its receipt is on the disk', async () => {
    const modelId = gate.add('nas.lan');
    const disk = Promise.withResolvers<void>();
    gate.synced = () => disk.promise;
    const asked = gate.ask(modelId);
    await vi.waitFor(() => expect(entries()).toHaveLength(1));
    await new Promise((resolve) => setImmediate(resolve));
    expect(gate.connections).toBe(0);
    disk.resolve();
    expect(end(await asked)).toBe('finish');
    expect(gate.connections).toBe(1);
  });

  it('is not sent where the disk does not take its receipt, which is said', async () => {
    const modelId = gate.add('nas.lan');
    gate.synced = () => Promise.reject(new Error('input/output error'));
    expect(await gate.ask(modelId)).toMatchObject([
      { type: 'failure', error: { code: 'sending/no-receipt', action: 'try-again' } },
    ]);
    expect(gate.connections).toBe(0);
    expect(entries()).toMatchObject([{ state: 'failed', error: 'sending/no-receipt' }]);
  });

  it('is not sent, where the receipts cannot be written for another reason, and that is said', async () => {
    const modelId = gate.add('nas.lan');
    gate.database.exec('DROP TABLE receipts');
    expect(await gate.ask(modelId)).toMatchObject([
      { type: 'failure', error: { code: 'sending/no-receipt', action: 'try-again' } },
    ]);
    gate.database.exec('CREATE TABLE receipts (began_at)');
    expect(gate.connections).toBe(0);
  });
});
