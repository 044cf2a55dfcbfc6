import { expect, it } from 'vitest';
import type { GenerateInput, ModelPart } from '../../../contract/engine.ts';
import type { ErrorCode } from '../../../contract/errors.ts';
import type { ServerSetting } from '../../../contract/settings.ts';
import { Pool } from '../../../core/servers/pool.ts';
import { pooledModel } from '../../../core/servers/pooled-model.ts';
import { peersOf } from '../../../core/servers/server-rows.ts';
import type { LanguageModel } from '../../../models/language-model.ts';
import { serverCapabilities } from '../../../models/openai-compatible/server-capabilities.ts';
import { collect, input } from '../../support/language-model-suite.ts';

const usage = { promptTokens: 1, cachedTokens: null, outputTokens: 1, contextTokens: null, droppedMessages: 0 };
const says = (text: string): readonly ModelPart[] => [
  { type: 'text-delta', text },
  { type: 'finish', reason: 'stop', usage },
];
const fails = (code: ErrorCode, text = ''): readonly ModelPart[] => [
  ...(text === '' ? [] : ([{ type: 'text-delta', text }] as const)),
  { type: 'failure', error: { code, message: '', values: { host: 'h' } } },
];

/** Servers by what each of them gives; what was asked of them, in its order; and a gate that holds each answer until it is opened. */
function pooled(given: Readonly<Record<string, readonly ModelPart[]>>, held: Promise<void> = Promise.resolve()) {
  const asked: string[] = [];
  let now = 0;
  const pool = new Pool(() => now);
  const modelOf = (serverId: string): LanguageModel => {
    async function* generate(): AsyncGenerator<ModelPart> {
      asked.push(serverId);
      await held;
      yield* given[serverId] ?? [];
    }
    return {
      identity: { id: serverId, name: 'm', where: 'server', host: serverId },
      capabilities: serverCapabilities,
      generate,
      async *generateEach(inputs: readonly GenerateInput[]) {
        for (const index of inputs.keys()) for await (const part of generate()) yield { index, part };
      },
      prefill: () => Promise.resolve(),
      warm: () => Promise.resolve(),
    };
  };
  const members = Object.keys(given).map((serverId) => ({ serverId, model: modelOf(serverId) }));
  const model = pooledModel(modelOf('a'), members, pool);
  const later = (ms: number) => {
    now += ms;
  };
  return { model, pool, asked, later };
}
const ask = (model: LanguageModel) => collect(model, input('Hello'));

it('asks the next server where one gives no first word, and not again after it', async () => {
  const { model, asked } = pooled({ a: fails('server/unreachable'), b: fails('server/cut', 'Half '), c: says('C') });
  const { text, last } = await ask(model);
  expect([text, last?.type === 'failure' && last.error.code]).toEqual(['Half ', 'server/cut']);
  expect(asked).toEqual(['a', 'b']);
});

it('says what the last one said where none gives a word', async () => {
  const { model, asked } = pooled({ a: fails('server/unreachable'), b: fails('server/busy') });
  expect((await ask(model)).last).toMatchObject({ type: 'failure', error: { code: 'server/busy' } });
  expect(asked).toEqual(['a', 'b']);
});

it.each([
  'server/refused-content',
  'server/context-full',
  'sending/not-shown',
  'sending/changed',
  'budget/exceeded',
] as const)('carries nothing on to another server that was refused for what it is: %s', async (code) => {
  const { model, asked } = pooled({ a: fails(code), b: says('B') });
  expect((await ask(model)).last).toMatchObject({ error: { code } });
  expect(asked).toEqual(['a']);
});

it('asks the least busy one, and of those that are as busy the one that was chosen', async () => {
  let open = () => {};
  const held = new Promise<void>((resolve) => {
    open = resolve;
  });
  const { model, asked, pool } = pooled({ a: says('A'), b: says('B'), c: says('C') }, held);
  const answers = [1, 2, 3, 4].map(() => ask(model));
  await Promise.resolve();
  await expect.poll(() => asked).toEqual(['a', 'b', 'c', 'a']);
  expect(pool.state.value.servers.map(({ serverId, busy }) => [serverId, busy])).toEqual([
    ['a', 2],
    ['b', 1],
    ['c', 1],
  ]);
  open();
  expect((await Promise.all(answers)).map(({ text }) => text)).toEqual(['A', 'B', 'C', 'A']);
  expect(pool.state.value.servers.every(({ busy }) => busy === 0)).toBe(true);
});

it('asks one that gave no word after the others for a while, then as before', async () => {
  const given: Record<string, readonly ModelPart[]> = { a: fails('server/unreachable'), b: says('B') };
  const { model, asked, later, pool } = pooled(given);
  await ask(model);
  await ask(model);
  expect(asked.splice(0)).toEqual(['a', 'b', 'b']);
  expect(pool.state.value.servers[0]?.failed?.code).toBe('server/unreachable');
  given['a'] = says('A');
  later(20_000);
  expect((await ask(model)).text).toBe('A');
  expect(pool.state.value.servers[0]?.failed).toBeNull();
});

it('puts the parts of a long text to all servers at once, each answer under its own number', async () => {
  const { model, asked } = pooled({ a: says('A'), b: says('B') });
  const parts: string[] = [];
  for await (const { index, part } of model.generateEach(
    [1, 2, 3, 4].map(() => input('x')),
    new AbortController().signal,
  ))
    if (part.type === 'finish') parts.push(String(index));
  expect(parts.toSorted()).toEqual(['0', '1', '2', '3']);
  expect(new Set(asked)).toEqual(new Set(['a', 'b']));
});

it('is made of servers of one’s own alone, which are as near', () => {
  const at = (id: string, address: string, more: Partial<ServerSetting> = {}): ServerSetting => ({
    ...{ id, address, label: '', models: ['m'], keyKept: 'none' },
    ...more,
  });
  const own = at('1', 'http://192.168.1.5:8080/v1');
  const all = [
    own,
    at('2', 'http://127.0.0.1:8080/v1'),
    at('3', 'https://api.example.com/v1'),
    at('4', 'http://192.168.1.6/v1', { provider: 'deepseek' }),
    at('5', 'http://192.168.1.7/v1', { models: ['other'] }),
  ];
  expect(peersOf(own, all, 'm').map(({ id }) => id)).toEqual(['2']);
  expect(peersOf(all[2] as ServerSetting, all, 'm')).toEqual([]);
});
