import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServerSetting } from '../../contract/settings.ts';
import { type HostedCore, startCore } from '../fakes/host.ts';
import { StreamingServer } from '../fakes/streaming-server.ts';
import { endTree, waitFor } from '../support/processes.ts';

/** Addresses of every kind that lies elsewhere, in each protocol. */
const elsewhere: readonly ServerSetting[] = [
  ['deepseek', 'https://api.deepseek.com/v1'],
  ['openai', 'https://api.openai.com/v1'],
  ['anthropic', 'https://api.anthropic.com/v1'],
  ['gemini', 'https://generativelanguage.googleapis.com/v1beta'],
  [undefined, 'https://192.0.2.7/v1'],
  [undefined, 'http://192.168.77.7:8080/v1'],
  [undefined, 'http://nas.home:8080/v1'],
  [undefined, 'https://[2001:db8::7]/v1'],
].map(([provider, address], at) => ({
  ...{ id: `s-${at}`, address: address as string, label: '', models: ['m'], keyKept: 'none' as const },
  ...(provider === undefined ? {} : { provider }),
}));

describe('the offline lock', () => {
  let folder: string;
  let trace: string;
  let core: HostedCore;
  let here: StreamingServer;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'beckon-lock-'));
    trace = join(folder, 'trace');
    const profile = join(folder, 'profile');
    mkdirSync(profile);
    here = await StreamingServer.start();
    // Names that are asked of a resolver, and datagrams that need no connection, count as much.
    const calls = 'trace=connect,sendto,sendmsg,sendmmsg';
    const watch = ['strace', '-f', '--seccomp-bpf', '-qq', '-e', calls, '-o', trace] as const;
    core = startCore(profile, { HTTPS_PROXY: 'http://192.0.2.9:3128', BECKON_MODELS: join(folder, 'models') }, watch);
    const own = { id: 'here', address: here.address, label: '', models: ['parrot'], keyKept: 'none' } as const;
    core.settings.update({ offline: true, servers: [own, ...elsewhere] });
  });
  afterAll(async () => {
    await endTree(core.process);
    await here.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });

  async function ask(modelId: string) {
    const question = { conversationId: null, text: 'Hello', modelId, editsMessageId: null };
    const { conversationId } = await core.client.call('run.start', question);
    return waitFor('the answer has ended', async () => {
      const last = (await core.client.call('conversation.get', { conversationId })).messages.at(-1);
      return last?.role === 'assistant' && last.state !== 'growing' ? last : null;
    });
  }

  it('lets fifty questions out to nobody but this machine, and each that it stops says that it was the lock', async () => {
    for (let turn = 0; turn < 50; turn += 1) {
      const to = elsewhere[turn % 10];
      if (to === undefined) here.answers.push('Here.');
      const { state, text, error } = await ask(to === undefined ? 'server:here:parrot' : `server:${to.id}:m`);
      const wanted = to === undefined ? ['complete', 'Here.', null] : ['failed', '', 'offline/locked'];
      expect([to?.address, state, text, error?.code ?? null]).toEqual([to?.address, ...wanted]);
    }
    expect(outside(trace)).toEqual([]);
  });

  it('closes every other door, and each says that it was the lock', async () => {
    const { client } = core;
    for (const { address, provider } of elsewhere) {
      const told =
        provider === undefined
          ? await client.call('server.test', { address, key: 'sk-some-key', model: null, serverId: null })
          : await client.call('providers.test', { provider, address, key: 'sk-some-key' });
      expect([address, told.error?.code]).toEqual([address, 'offline/locked']);
    }
    const { jobId } = await client.call('model.download', { modelId: 'qwen3.5-2b-q4_k_m' });
    const jobs = client.watch('jobs');
    const job = await waitFor('the download has ended', () =>
      jobs.getSnapshot()?.jobs.find(({ id, status }) => id === jobId && status === 'failed'),
    );
    expect(job.error?.code).toBe('offline/locked');
    const network = (await client.call('doctor.run', {})).find(({ check }) => check === 'network');
    expect(JSON.stringify(network)).toMatch(/offline/);
    expect(outside(trace)).toEqual([]);
  });
});

/** What was sent or connected to an address of the internet that is not this machine's, or to a resolver anywhere. */
function outside(trace: string): readonly string[] {
  const lines = readFileSync(trace, 'utf8').split('\n');
  // It was watched: what went to this machine stands there.
  expect(lines.some((line) => /connect\(.*"127\.0\.0\.1"/.test(line))).toBe(true);
  return lines.filter(
    (line) => /AF_INET6?\b/.test(line) && (!/inet_addr\("127\.|"::1"/.test(line) || /htons\(53\)/.test(line)),
  );
}
