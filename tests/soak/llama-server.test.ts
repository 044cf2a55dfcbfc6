import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LanguageModel } from '../../models/language-model.ts';
import { createServerModel } from '../../models/openai-compatible/server-model.ts';
import { testServer } from '../../models/openai-compatible/test-server.ts';
import { type AskModel, tryModel } from '../../models/openai-compatible/try-model.ts';
import { collect, describeLanguageModel, input } from '../support/language-model-suite.ts';
import { type LlamaServer, startLlamaServer } from '../support/llama-server.ts';

const ask: AskModel = (place, model) => tryModel(place, model, 'Hi');

const key = 'soak-key';

describe('a model behind a real llama-server', () => {
  let server: LlamaServer;
  let address: string;

  beforeAll(async () => {
    server = await startLlamaServer({ threads: 2, slots: 2, contextTokens: 2048, key });
    ({ address } = server);
  }, 1_800_000);

  afterAll(() => server?.end());

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
        if (soFar.length > 40) void server.end('SIGKILL');
      },
    });
    expect(last).toMatchObject({ type: 'failure', error: { code: 'server/cut' } });
    expect(text.length).toBeGreaterThan(40);
  });
});
