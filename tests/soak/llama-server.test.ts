import type { ChildProcess } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureLlamaTool } from '../../bench/tools/llama-tools.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import { createServerModel } from '../../models/openai-compatible/server-model.ts';
import { testServer } from '../../models/openai-compatible/test-server.ts';
import { type AskModel, tryModel } from '../../models/openai-compatible/try-model.ts';
import { requireModel, tinyModel } from '../support/beckon-app.ts';
import { collect, describeLanguageModel, input } from '../support/language-model-suite.ts';
import { endProgram, startProgram, waitFor } from '../support/processes.ts';

const ask: AskModel = (place, model) => tryModel(place, model, 'Hi');

const key = 'soak-key';

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

describe('a model behind a real llama-server', () => {
  let server: ChildProcess;
  let address: string;

  beforeAll(async () => {
    const command = await ensureLlamaTool('llama-server', (line) => process.stdout.write(`${line}\n`));
    const port = await freePort();
    address = `http://127.0.0.1:${port}/v1`;
    const args = [
      '-m',
      requireModel(tinyModel),
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
      '-t',
      '2',
      '-c',
      '4096',
      '-np',
      '2',
      '--api-key',
      key,
    ];
    server = startProgram(command, args);
    const isUp = () =>
      fetch(`http://127.0.0.1:${port}/health`).then(
        ({ ok }) => ok,
        () => false,
      );
    await waitFor('llama-server is up', isUp, 60_000);
  }, 1_800_000);

  afterAll(() => endProgram(server));

  function create(withKey: string | null = key): LanguageModel {
    const host = new URL(address).host;
    return createServerModel({
      id: 's:m',
      name: 'M',
      address,
      host,
      model: 'default',
      readKey: () => Promise.resolve(withKey),
      fetch,
    });
  }

  describeLanguageModel(() => create());

  it('lists its models to who brings the key', async () => {
    expect(await testServer(address, key, fetch, null, ask)).toMatchObject({ ok: true });
    expect(await testServer(address, 'wrong', fetch, null, ask)).toMatchObject({
      ok: false,
      error: { code: 'server/wrong-key' },
    });
  });

  it('refuses a wrong key by name, and is cut by name when it dies', async () => {
    expect((await collect(create('wrong'), input('Hello.'))).last).toMatchObject({
      error: { code: 'server/wrong-key' },
    });
    const { text, last } = await collect(create(), input('LONG Write a very long story.', { maxTokens: 400 }), {
      onText: (soFar) => {
        if (soFar.length > 40) server.kill('SIGKILL');
      },
    });
    expect(last).toMatchObject({ type: 'failure', error: { code: 'server/cut' } });
    expect(text.length).toBeGreaterThan(40);
  });
});
