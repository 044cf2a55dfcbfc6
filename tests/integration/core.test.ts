import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectToCore } from '../../core/socket/socket-client.ts';
import { type HostedCore, startCore } from '../fakes/host.ts';
import { requireModel, tinyModel } from '../support/beckon-app.ts';
import { endProgram, isAlive, processTree, waitFor } from '../support/processes.ts';

describe('core in its own process', () => {
  let profile: string;
  const cores: HostedCore[] = [];

  beforeEach(() => {
    requireModel(tinyModel);
    profile = mkdtempSync(join(tmpdir(), 'beckon-core-'));
  });
  afterEach(async () => {
    for (const core of cores.splice(0)) await endProgram(core.process);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });

  function start(): HostedCore {
    const core = startCore(profile);
    cores.push(core);
    return core;
  }

  function ask({ client }: HostedCore, text: string, questionId?: string) {
    const input = { conversationId: null, text, modelId: null, editsMessageId: null };
    return client.call('run.start', questionId === undefined ? input : { ...input, questionId });
  }

  async function read({ client }: HostedCore, runId: string): Promise<{ text: string; state: string }> {
    let text = '';
    for await (const part of client.open('run.attach', { runId })) {
      if (part.type === 'run-caught-up' || part.type === 'text-delta') text += part.text;
      if (part.type === 'run-finished') return { text, state: part.state };
    }
    return { text, state: 'left' };
  }

  it('gives everyone who attaches the same text, however late', async () => {
    const core = start();
    const { runId, conversationId } = await ask(core, 'Say hello.');
    const [one, other] = await Promise.all([read(core, runId), read(core, runId)]);
    expect(one.state).toBe('complete');
    expect(other).toEqual(one);
    const { messages } = await core.client.call('conversation.get', { conversationId });
    expect(messages.at(-1)?.text).toBe(one.text);
  });

  it('stops answering in a chat that is deleted, and keeps what was written in case that it comes back', async () => {
    const core = start();
    const { runId, conversationId } = await ask(core, 'Write a very long story about the sea.');
    for await (const part of core.client.open('run.attach', { runId })) if (part.type === 'text-delta') break;
    await core.client.call('conversation.delete', { conversationId });
    expect((await read(core, runId)).state).toBe('stopped');
    await core.client.call('conversation.restore', { conversationId });
    const { messages } = await core.client.call('conversation.get', { conversationId });
    expect(messages.at(-1)).toMatchObject({ state: 'stopped', canGoOn: true });
  });

  it('keeps the question and the cut answer when it is killed, answers again, and leaves no engine', async () => {
    const core = start();
    const { runId, conversationId } = await ask(core, 'Write a very long story about the sea.');
    for await (const part of core.client.open('run.attach', { runId })) if (part.type === 'text-delta') break;
    const pids = processTree(core.process.pid ?? 0).map(({ pid }) => pid);
    core.process.kill('SIGKILL');
    await waitFor('no process is left', () => pids.every((pid) => !isAlive(pid)), 2000);
    const next = start();
    const { messages } = await next.client.call('conversation.get', { conversationId });
    expect(messages.map(({ role, state }) => [role, state])).toEqual([
      ['user', 'complete'],
      ['assistant', 'cut'],
    ]);
    const again = await ask(next, 'Say hello.');
    expect((await read(next, again.runId)).state).toBe('complete');
  });

  it('stores a question once, however often it is sent, and answers it after the core that had it died', async () => {
    const core = start();
    const { conversationId } = await ask(core, 'Say hello.', 'm-once');
    core.process.kill('SIGKILL');
    const next = start();
    const sentAgain = await ask(next, 'Say hello.', 'm-once');
    expect(sentAgain).toMatchObject({ conversationId, questionId: 'm-once' });
    expect((await read(next, sentAgain.runId)).state).toBe('complete');
    const { messages } = await next.client.call('conversation.get', { conversationId });
    expect(messages.map(({ role, state }) => [role, state])).toEqual([
      ['user', 'complete'],
      ['assistant', 'complete'],
    ]);
  });

  it('stops an answer when asked and keeps it as stopped', async () => {
    const core = start();
    const { runId, conversationId } = await ask(core, 'Write a very long story about the sea.');
    const reading = read(core, runId);
    await core.client.call('run.cancel', { runId });
    expect((await reading).state).toBe('stopped');
    const { messages } = await core.client.call('conversation.get', { conversationId });
    expect(messages.at(-1)?.state).toBe('stopped');
  });

  describe('goes on with an answer', () => {
    const story = 'Write a very long story about the sea.';
    const answerOf = async ({ client }: HostedCore, conversationId: string) =>
      (await client.call('conversation.get', { conversationId })).messages.at(-1);

    /** Asks, lets it write some words, and ends it by `end`. */
    async function breakOff(core: HostedCore, end: (runId: string) => Promise<unknown>): Promise<string> {
      const { runId, conversationId } = await ask(core, story);
      let text = '';
      for await (const part of core.client.open('run.attach', { runId })) {
        if (part.type === 'text-delta') text += part.text;
        if (text.length > 80) break;
      }
      await end(runId);
      return conversationId;
    }

    const stop = (core: HostedCore) => async (runId: string) => {
      await core.client.call('run.cancel', { runId });
      await read(core, runId);
    };

    it('that was stopped, from what it has read of it, in the same message', async () => {
      const core = start();
      const conversationId = await breakOff(core, stop(core));
      const before = await answerOf(core, conversationId);
      expect(before?.state).toBe('stopped');
      const { runId } = await core.client.call('run.continue', { conversationId });
      let first: string | null = null;
      for await (const part of core.client.open('run.attach', { runId })) {
        if (part.type === 'run-caught-up') first ??= part.text;
        if (part.type === 'text-delta' && first !== null) break;
      }
      await stop(core)(runId);
      const after = await answerOf(core, conversationId);
      expect(after).toMatchObject({ id: before?.id, state: 'stopped' });
      // The last word may have been half a word; all before it is as it was.
      const kept = (before?.text ?? '').replace(/\s*\S*$/, '');
      expect(after?.text.slice(0, kept.length)).toBe(kept);
      expect(after?.text.length).toBeGreaterThan(kept.length);
      expect(first).not.toBe('');
      // What is found in an answer is its text of now, once.
      const word = kept.split(' ').find((candidate) => candidate.length > 4) ?? kept.slice(0, 5);
      expect(await core.client.call('conversation.search', { query: word, limit: 10 })).not.toEqual([]);
      await core.client.call('conversation.delete', { conversationId });
      expect(await core.client.call('conversation.search', { query: word, limit: 10 })).toEqual([]);
    });

    it('that was cut when core died', async () => {
      const core = start();
      const conversationId = await breakOff(core, async () => {
        const stored = async () => (await core.client.call('conversation.search', { query: 'sea', limit: 1 }))[0];
        await waitFor('some of it is stored', async () => {
          const id = (await stored())?.conversationId;
          return id !== undefined && (await answerOf(core, id))?.text !== '';
        });
        core.process.kill('SIGKILL');
        await once(core.process, 'exit');
      });
      const next = start();
      const before = await answerOf(next, conversationId);
      expect(before?.state).toBe('cut');
      const { runId } = await next.client.call('run.continue', { conversationId });
      await stop(next)(runId);
      // Stopped at once: what there was is all still there.
      const after = await answerOf(next, conversationId);
      expect(after?.text.startsWith(before?.text ?? '?')).toBe(true);
    });

    it('but not one that is complete, and says so', async () => {
      const core = start();
      const { runId, conversationId } = await ask(core, 'Say hello.');
      expect((await read(core, runId)).state).toBe('complete');
      const result = await core.client.request('run.continue', { conversationId });
      expect(result).toMatchObject({ ok: false, error: { code: 'run/cannot-continue', action: 'try-again' } });
      expect((await answerOf(core, conversationId))?.state).toBe('complete');
    });
  });

  it('gives up by name when another core has the profile, and answers nobody with a wrong token', async () => {
    const core = start();
    await core.client.call('core.info', {});
    const second = start();
    const [code] = await once(second.process, 'exit');
    expect({ code, failures: second.failures }).toEqual({ code: 78, failures: ['profile/in-use'] });
    writeFileSync(join(profile, 'core.token'), '0'.repeat(64));
    expect(await connectToCore(profile)).toBeNull();
  });
});
