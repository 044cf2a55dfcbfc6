import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HostedCore, startCore } from '../fakes/host.ts';
import { checkout, nodeExecutable, writeSettings } from '../support/beckon-app.ts';
import type { Entry } from '../support/gate.ts';
import { endProgram, sleep, waitFor } from '../support/processes.ts';
import { seededRandom, testSeed } from '../support/random.ts';

const modelId = 'server:s-1:m';

describe('what a core sends', () => {
  let profile: string;
  let server: Server;
  let address: string;
  const cores: HostedCore[] = [];
  /** Of each question that arrived: its text, and the receipts that were on disk then. */
  const arrived: { readonly body: string; readonly entries: readonly Entry[] }[] = [];

  beforeEach(async () => {
    profile = mkdtempSync(join(tmpdir(), 'beckon-sending-'));
    arrived.length = 0;
    // It takes a question and writes one word, and no more.
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (piece: Buffer) => {
        body += piece.toString();
      });
      request.on('end', () => {
        arrived.push({ body, entries: entries() });
        response.setHeader('content-type', 'text/event-stream');
        response.write('data: {"choices":[{"index":0,"delta":{"content":"Once "}}]}\n\n');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  });
  afterEach(async () => {
    for (const core of cores.splice(0)) await endProgram(core.process);
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });

  const serverAt = (place: string) => ({
    id: 's-1',
    address: place,
    label: '',
    models: ['m'],
    keyKept: 'none' as const,
  });

  function start(): HostedCore {
    const core = startCore(profile);
    core.settings.update({ servers: [serverAt(address)], modelId });
    cores.push(core);
    return core;
  }

  function entries(): readonly Entry[] {
    const reader = new DatabaseSync(join(profile, 'beckon.db'), { readOnly: true });
    try {
      return reader.prepare('SELECT * FROM receipts ORDER BY began_at, rowid').all() as unknown as readonly Entry[];
    } finally {
      reader.close();
    }
  }

  const ask = ({ client }: HostedCore, text: string) =>
    client.call('run.start', { conversationId: null, text, modelId, editsMessageId: null });

  async function kill({ process }: HostedCore): Promise<void> {
    const ended = once(process, 'exit');
    process.kill('SIGKILL');
    await ended;
  }

  it('is noted before it arrives, and after a kill -9 it is said that it may have been sent, and to whom', async () => {
    const core = start();
    const { conversationId, answerId } = await ask(core, 'A private question.');
    await waitFor('the question has arrived', () => arrived.length > 0);
    expect(arrived[0]?.entries).toMatchObject([{ state: 'sending', message_id: answerId }]);
    await kill(core);
    expect(entries()).toMatchObject([{ state: 'sending' }]);
    const { messages } = await start().client.call('conversation.get', { conversationId });
    expect(messages.at(-1)).toMatchObject({
      state: 'cut',
      receipt: { entries: [{ where: 'server', host: new URL(address).host, modelId, modelName: 'm' }] },
    });
    expect(entries()).toMatchObject([{ state: 'unknown' }]);
    const { client } = cores.at(-1) ?? core;
    expect(await client.call('receipts.verify', {})).toMatchObject({ lines: 2, entries: 1, fault: null });
    const { lines } = await client.call('receipts.lines', { from: 1, most: 1 });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ record: { reason: 'this-time' } });
    const [row] = await client.call('receipts.list', { limit: 5 });
    const body = arrived[0]?.body ?? '';
    expect(row).toMatchObject({ state: 'unknown', sha256: createHash('sha256').update(body).digest('hex') });
  });

  it('has a receipt for every question that arrived, whenever the core is killed', async () => {
    const random = seededRandom(testSeed());
    const rounds = 6;
    for (let round = 0; round < rounds; round += 1) {
      const core = start();
      await core.client.call('core.info', {});
      const asking = ask(core, `Question ${round}.`).catch(() => null);
      await sleep(random(60));
      await kill(core);
      await asking;
    }
    const noted = entries();
    expect(arrived.length).toBeLessThanOrEqual(noted.length);
    for (const one of arrived) expect(one.entries.filter(({ state }) => state === 'sending')).toHaveLength(1);
    await start().client.call('core.info', {});
    expect(entries().filter(({ state }) => state !== 'unknown')).toEqual([]);
    const report = await cores.at(-1)?.client.call('receipts.verify', {});
    expect(report).toMatchObject({ entries: noted.length, fault: null });
  });

  it('goes nowhere once the lock is on, while the answer of a server on this machine goes on', async () => {
    const core = start();
    const { conversationId } = await ask(core, 'A private question.');
    await waitFor('the question has arrived', () => arrived.length > 0);
    core.settings.update({ offline: true });
    core.settings.update({ servers: [serverAt('http://nas.lan:9/v1')] });
    const next = await ask(core, 'Another one.');
    await waitFor('it was refused', async () => {
      const { messages } = await core.client.call('conversation.get', { conversationId: next.conversationId });
      return messages.at(-1)?.error?.code === 'offline/locked';
    });
    const { messages } = await core.client.call('conversation.get', { conversationId });
    expect(messages.at(-1)?.state).toBe('growing');
    expect(entries()).toHaveLength(1);
  });

  it('is nothing while the lock is on: no process of it tries a connection, however much it is asked', () => {
    const text = join(profile, 'long.txt');
    writeFileSync(text, 'The tide turns at noon. '.repeat(20_000));
    writeSettings(profile, { servers: [serverAt('https://192.0.2.7/v1')], modelId, offline: true, firstRunDone: true });
    const trace = join(profile, 'trace');
    const strace = ['strace', '-f', '--seccomp-bpf', '-qq', '-e', 'trace=connect,sendto,sendmsg', '-o', trace];
    const env = { ...process.env, BECKON_PROFILE: profile, LANG: 'C.UTF-8', DISPLAY: undefined };
    const beckon = (...args: string[]) =>
      spawnSync('unshare', ['-rn', ...strace, nodeExecutable, join(checkout, 'cli', 'index.ts'), ...args], {
        env,
        input: '',
        encoding: 'utf8',
      });
    for (const args of [
      ['ask', 'Why?'],
      ['ask', 'Summarize it.', '--file', text],
    ]) {
      const { status, stderr } = beckon(...args);
      expect(stderr).toContain('The offline lock is on, so nothing was sent to 192.0.2.7');
      expect(status).toBe(1);
      expect(
        readFileSync(trace, 'utf8')
          .split('\n')
          .filter((line) => /AF_INET6?\b/.test(line)),
      ).toEqual([]);
    }
    expect(entries()).toEqual([]);
  });
});
