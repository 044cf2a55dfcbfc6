import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunPart } from '../../contract/run.ts';
import { type HostedCore, startCore } from '../fakes/host.ts';
import { Cloud } from '../support/cloud.ts';
import { endProgram, waitFor } from '../support/processes.ts';

const host = 'api.anthropic.com';
// Its key is not what this is about: each request that names it is answered.
const cloud = await Cloud.start({ host, header: 'host', key: host, models: ['m'] });
const answers = ['First.', 'Second.', 'Third.'];
for (const [at, said] of ['Say it shorter.', 'Say it softer.', 'Say it last.'].entries())
  cloud.mock.onMessage(new RegExp(said), { content: answers[at] ?? '' });

const both = (text: string) => ({ en: text, 'zh-CN': text });
const chain = {
  ...{ atom: 2, id: 'thrice', name: both('Thrice over'), input: 'selection', output: 'show' },
  steps: ['Say it shorter.', 'Say it softer.', 'Say it last.'].map((prompt) => ({
    do: 'prompt',
    prompt: both(prompt),
  })),
};
const server = { id: 's-1', address: `https://${host}/v1`, label: '', models: ['m'], keyKept: 'none' as const };
const modelId = 'server:s-1:m';

describe('a chain of which everything is to be shown first', () => {
  let profile: string;
  let core: HostedCore;
  let parts: RunPart[];

  beforeEach(() => {
    profile = mkdtempSync(join(tmpdir(), 'beckon-shown-'));
    parts = [];
    mkdirSync(join(profile, 'atoms'), { recursive: true });
    writeFileSync(join(profile, 'atoms', 'thrice.json'), JSON.stringify(chain));
    core = startCore(profile, cloud.env);
    core.settings.update({ servers: [{ ...server, provider: 'anthropic' }], modelId, showFirst: 'all' });
    cloud.asked.length = 0;
  });
  afterEach(async () => {
    await endProgram(core.process);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });
  afterAll(() => cloud.stop());

  const questions = () => cloud.asked.filter(({ path }) => path.includes('messages')).length;

  async function begin(): Promise<string> {
    const { client } = core;
    const path = join(profile, 'letter.txt');
    writeFileSync(path, 'A letter to anna@example.org about nothing much.');
    const [chip] = await client.call('file.add', { paths: [path], shown: false });
    const question = {
      ...{ questionId: 'm-first', conversationId: null, text: '', modelId, editsMessageId: null },
      ...{ actionId: 'thrice', chipIds: [chip?.id ?? ''] },
    };
    const look = await client.call('run.look', { of: 'question', ...question });
    if (look.status !== 'leaves') throw new Error('it stays');
    expect(look).toMatchObject({ must: true, goesOn: true });
    const { runId } = await client.call('run.start', { ...question, agreed: look.hash });
    void (async () => {
      for await (const part of client.open('run.attach', { runId })) parts.push(part);
    })().catch(() => {});
    return runId;
  }
  /** The prompt that waits, once the last one that did is gone. */
  const waiting = async (runId: string, count: number) => {
    await waitFor(`prompt ${count} waits`, () => parts.flatMap(hashOf).length === count - 1);
    return core.client.call('run.shown', { runId });
  };
  const end = () => waitFor('it has ended', () => parts.find((part) => part.type === 'run-finished') ?? null, 60_000);
  const written = () => parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('');

  it('has each of its prompts shown, the very one that is sent next, and ends whole', async () => {
    const runId = await begin();
    const second = await waiting(runId, 2);
    expect(questions()).toBe(1);
    expect(second.messages.at(-1)?.text).toContain('First.');
    expect(second.messages.at(-1)?.text).toContain('Say it softer.');
    const wrong = await core.client.request('run.agree', { runId, hash: `${second.hash}0` });
    expect(wrong).toMatchObject({ ok: false, error: { code: 'sending/shown-otherwise' } });
    await core.client.call('run.agree', { runId, hash: second.hash });
    const third = await waiting(runId, 3);
    expect(questions()).toBe(2);
    expect(cloud.asked.at(-1)?.body).toBe(second.body);
    await core.client.call('run.agree', { runId, hash: third.hash });
    expect(await end()).toMatchObject({ state: 'complete' });
    expect([written(), questions()]).toEqual(['Third.', 3]);
  });

  it.each([
    [2, 'First.', 1],
    [3, 'Second.', 2],
  ])('ends where prompt %i is not sent, with what was made so far', async (stopsAt, expected, sent) => {
    const runId = await begin();
    for (let at = 2; at < stopsAt; at += 1) {
      const { hash } = await waiting(runId, at);
      await core.client.call('run.agree', { runId, hash });
    }
    await waiting(runId, stopsAt);
    await core.client.call('run.cancel', { runId });
    expect(await end()).toMatchObject({ state: 'stopped', receipt: { basis: { type: 'steps', total: 3 } } });
    expect([written(), questions()]).toEqual([expected, sent]);
    expect(await core.client.request('run.shown', { runId })).toMatchObject({ ok: false });
  });
});

function hashOf(part: RunPart): readonly string[] {
  if (part.type === 'asks-changed') return part.hash === null ? [] : [part.hash];
  return part.type === 'run-caught-up' && part.asks !== undefined ? [part.asks] : [];
}
