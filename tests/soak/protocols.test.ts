import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LanguageModel } from '../../models/language-model.ts';
import { smallModel } from '../support/beckon-app.ts';
import { collect, describeLanguageModel, input } from '../support/language-model-suite.ts';
import { type LiteLlm, startLiteLlm } from '../support/litellm.ts';
import { type LlamaServer, startLlamaServer } from '../support/llama-server.ts';
import { modelAt } from '../support/provider-at.ts';

const serverKey = 'soak-key';
const proxyKey = 'sk-soak-proxy';
const model = 'small';

let server: LlamaServer;
let proxy: LiteLlm;

beforeAll(async () => {
  // Asked in words to go on, the tiny model begins anew.
  server = await startLlamaServer({ model: smallModel, threads: 2, slots: 2, contextTokens: 4096, key: serverKey });
  proxy = await startLiteLlm({ behind: server.address, behindKey: serverKey, model, key: proxyKey });
}, 1_800_000);

afterAll(async () => {
  await proxy?.end();
  await server?.end();
});

/** What each protocol is asked at: the server itself where it speaks it, and the proxy before it. */
const places = [
  { protocol: 'chat', behind: 'llama-server', path: '/v1' },
  { protocol: 'responses', behind: 'llama-server', path: '/v1' },
  { protocol: 'messages', behind: 'llama-server', path: '/v1' },
  { protocol: 'chat', behind: 'LiteLLM', path: '/v1' },
  { protocol: 'responses', behind: 'LiteLLM', path: '/v1' },
  { protocol: 'messages', behind: 'LiteLLM', path: '/v1' },
  { protocol: 'gemini', behind: 'LiteLLM', path: '/v1beta' },
] as const;

describe.each(places)('a real model that is asked by $protocol at $behind', ({ protocol, behind, path }) => {
  const key = () => (behind === 'LiteLLM' ? proxyKey : serverKey);
  const create = (withKey = key()): LanguageModel => {
    const origin = behind === 'LiteLLM' ? proxy.origin : new URL(server.address).origin;
    return modelAt(protocol, { address: `${origin}${path}`, model, key: withKey });
  };

  describeLanguageModel(() => create());

  it('refuses a wrong key by name', async () => {
    const { last } = await collect(create('sk-wrong'), input('Hello.'));
    expect(last).toMatchObject({ type: 'failure', error: { code: 'server/wrong-key' } });
  });

  it('says that a text is too long for the window', async () => {
    const { last } = await collect(create(), input('word '.repeat(9000)));
    expect(last).toMatchObject({ type: 'failure', error: { code: 'server/context-full' } });
  });
});
