import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChaosServer } from '../fakes/chaos/chaos-server.ts';
import { delta, done, event, json, type Scenario, says, stop, stream } from '../fakes/chaos/scenario.ts';
import { cliEntry, nodeExecutable, writeSettings } from '../support/beckon-app.ts';

interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const scenario = (serve: Scenario['serve']): Scenario => ({ name: '', end: '', serve });

describe('a server that is asked from the terminal', () => {
  let profile: string;
  let server: ChaosServer | null = null;

  beforeEach(() => {
    profile = mkdtempSync(join(tmpdir(), 'beckon-servers-'));
  });
  afterEach(async () => {
    await server?.stop();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });

  async function ask(serve: Scenario['serve'], language = 'en'): Promise<Result> {
    server = await ChaosServer.start(scenario(serve));
    const one = { id: 's-1', address: server.address, label: '', models: ['m'], keyKept: 'none' as const };
    writeSettings(profile, { servers: [one], modelId: 'server:s-1:m', firstRunDone: true });
    const child = spawn(nodeExecutable, [cliEntry, 'ask', 'Why?'], {
      env: {
        ...process.env,
        BECKON_PROFILE: profile,
        LANG: language === 'en' ? 'C.UTF-8' : 'zh_CN.UTF-8',
        DISPLAY: undefined,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
  }

  it('has its answer in the pipe, without what it thought before, and the exit code of one that is done', async () => {
    expect(await ask(stream(says('Hm, two and two.\n</think>\n\nIt is ', 'four.'), stop, done))).toEqual({
      code: 0,
      out: 'It is four.\n',
      err: '',
    });
  });

  // Each of these printed nothing and ended with 0.
  it.each<[string, Scenario['serve'], RegExp]>([
    ['nothing', stream(stop, done), /answered nothing/],
    ['white space', stream(says('  \n'), stop, done), /answered nothing/],
    ['a thought alone', stream(says('<think>Hm.'), stop, done), /thought and then answered nothing/],
    ['what is filtered', stream(event(delta({}, 'content_filter')), done), /held the answer back/],
    [
      'an error in the stream',
      stream(event({ error: { message: 'the GPU fell over' } })),
      /The server says: “the GPU fell over”/,
    ],
    [
      'no credit',
      json(429, { error: { code: 'insufficient_quota', message: 'You \u001b[2Jexceeded' } }),
      /no credit left .*“You ⟨001B⟩\[2Jexceeded”/,
    ],
  ])('that answers %s is told with a sentence and the exit code of a failure', async (_, serve, sentence) => {
    const { code, out, err } = await ask(serve);
    expect(err).toMatch(sentence);
    expect({ code, out: out.trim() }).toEqual({ code: 1, out: '' });
  });

  it('keeps what came before an answer was filtered, and tells it in Chinese, too', async () => {
    const { code, out, err } = await ask(stream(says('The tide '), event(delta({}, 'content_filter'))), 'zh');
    expect({ code, out }).toEqual({ code: 1, out: 'The tide \n' });
    expect(err).toMatch(/按其内容规则截下了回答/);
  });
});
