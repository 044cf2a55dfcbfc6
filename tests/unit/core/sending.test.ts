import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModelPart } from '../../../contract/engine.ts';
import { AppError } from '../../../contract/errors.ts';
import type { Settlement } from '../../../core/sending/receipt-book.ts';
import { Sending, type SendingOptions } from '../../../core/sending/sending.ts';
import { answersHello, Gate, question } from '../../support/gate.ts';
import { continuing } from '../../support/language-model-suite.ts';

const text = (parts: readonly ModelPart[]) =>
  parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('');
const end = (parts: readonly ModelPart[]) => {
  const last = parts.at(-1);
  return last?.type === 'failure' ? last.error.code : last?.type;
};

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

  describe('when something changes between the gate and the connection', () => {
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

  describe('when the disk is full', () => {
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
});

describe('the steps of the gate', () => {
  let gate: Gate;
  afterEach(() => gate.stop());

  const noted: string[] = [];
  const seats: Partial<SendingOptions> = {
    redact: (input, to) => {
      noted.push(`redact for ${to.place}`);
      const hidden = input.messages.map((message) => ({ ...message, text: message.text.replace('private', '⟦1⟧') }));
      return {
        input: { ...input, messages: hidden },
        hidden: 1,
        async *restore(parts) {
          for await (const part of parts)
            yield part.type === 'text-delta' ? { ...part, text: part.text.replace('Hello', 'private') } : part;
        },
      };
    },
    budget: {
      reserve: (input) => {
        noted.push(`reserve for ${input.messages[0]?.text}`);
        return { settle: (spent) => noted.push(`settle ${spent?.usage?.outputTokens ?? spent}`) };
      },
    },
  };

  it('hide before they count, send what was hidden, give it back in the answer, and settle at the end', async () => {
    noted.length = 0;
    gate = await Gate.start(seats);
    expect(text(await gate.ask(gate.add('nas.lan')))).toBe('private.');
    expect(noted).toEqual(['redact for local-network', 'reserve for A ⟦1⟧ question.', 'settle 2']);
    expect(gate.questions[0]?.body).toContain('A ⟦1⟧ question.');
  });

  it('look at the lock first, and give back what was set aside where nothing left', async () => {
    noted.length = 0;
    gate = await Gate.start(seats);
    const modelId = gate.add('nas.lan', 'key-store');
    gate.onKeyRead = () => gate.lock();
    await gate.ask(modelId);
    expect(noted.splice(0)).toEqual(['redact for local-network', 'reserve for A ⟦1⟧ question.', 'settle null']);
    await gate.ask(modelId);
    expect(noted).toEqual([]);
  });

  it('end a prompt that one of them refuses, with its words, before anything leaves', async () => {
    const refuse = () => {
      throw new AppError('app/not-allowed', 'more than is left');
    };
    gate = await Gate.start({ budget: { reserve: refuse } });
    expect(end(await gate.ask(gate.add('nas.lan')))).toBe('app/not-allowed');
    expect({ connections: gate.connections, entries: gate.entries() }).toEqual({ connections: 0, entries: [] });
  });

  it('lend a connection that goes to nobody else, and is worth nothing once the sending has ended', async () => {
    gate = await Gate.start();
    const here = `http://127.0.0.1:${gate.port}/v1`;
    const receipts = { begin: () => 'e-1', settle: () => {} };
    const open = (admit: (url: URL) => void) => gate.egress.fetchFor('answer', admit);
    const sending = new Sending({ open, isOffline: () => false, receipts });
    const tried: (string | undefined)[] = [];
    const attempt = (connection: typeof fetch, url: string) =>
      connection(url, { method: 'POST', body: 'a private text' }).then(
        () => tried.push('sent'),
        (error: AppError) => tried.push(error.code),
      );
    let kept: typeof fetch | null = null;
    const parts = sending.send({
      ...{ purpose: 'answer', input: question, messageId: null, requireSame: () => {} },
      to: { serverId: null, address: here, modelId: 'm', modelName: 'm' },
      async *deliver(_input, connection) {
        kept = connection;
        for (const other of [
          `http://localhost:${gate.port}/v1`,
          `https://127.0.0.1:${gate.port}/v1`,
          'http://127.0.0.1:1/',
        ])
          await attempt(connection, other);
        yield { type: 'aborted' };
      },
    });
    for await (const _ of parts);
    await attempt(kept ?? fetch, here);
    expect(tried).toEqual(Array(4).fill('app/not-allowed'));
    expect(gate.connections).toBe(0);
  });

  it('end a sending as failed where what asks the server breaks, and leave nothing unsettled', async () => {
    gate = await Gate.start();
    const settled: string[] = [];
    const receipts = { begin: () => 'e-1', settle: (_id: string, { state }: Settlement) => void settled.push(state) };
    const open = (admit: (url: URL) => void) => gate.egress.fetchFor('answer', admit);
    const sending = new Sending({ open, isOffline: () => false, receipts });
    const parts: ModelPart[] = [];
    for await (const part of sending.send({
      ...{ purpose: 'answer', input: question, messageId: null, requireSame: () => {} },
      to: { serverId: null, address: `http://127.0.0.1:${gate.port}/v1`, modelId: 'm', modelName: 'm' },
      // biome-ignore lint/correctness/useYield: it breaks before its first part.
      async *deliver(_input, connection) {
        await connection(`http://127.0.0.1:${gate.port}/v1`, { method: 'POST', body: 'text' });
        throw new Error('a bug');
      },
    }))
      parts.push(part);
    expect([end(parts), settled]).toEqual(['app/internal', ['failed']]);
  });

  it('end a prompt for an address that leads nowhere with a sentence', async () => {
    gate = await Gate.start();
    const modelId = gate.add();
    gate.change('s-1', { address: 'not an address' });
    expect(end(await gate.ask(modelId))).toBe('server/bad-address');
  });
});
