import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { GenerateInput, ModelPart } from '../../../contract/engine.ts';
import { LocalModels } from '../../../models/engine/local-models.ts';
import { checkout, nodeExecutable } from '../../support/beckon-app.ts';
import { waitFor } from '../../support/processes.ts';

const entry = join(checkout, 'tests', 'fakes', 'hostile-engine.ts');
const input: GenerateInput = {
  messages: [{ role: 'user', text: 'Hello?' }],
  sampling: { temperature: 0 },
  maxTokens: 16,
  thinking: 'off',
  hints: {},
};

// Core believed every word of the process that runs a foreign model file.
describe('an engine that its model file has taken over', () => {
  let models: LocalModels | null = null;
  afterEach(() => models?.dispose());

  function start(said: string[]): LocalModels {
    models = new LocalModels({ node: nodeExecutable, entry, idleMinutes: () => 0, log: (line) => said.push(line) });
    return models;
  }

  async function ask(local: LocalModels, trick: string): Promise<readonly ModelPart[]> {
    const file = { id: trick, name: trick, path: trick, cacheBytesPerToken: null, thinking: 'none' } as never;
    const parts: ModelPart[] = [];
    for await (const part of local.model(file).generate(input, new AbortController().signal)) parts.push(part);
    return parts;
  }

  it('is asked like any other as long as it keeps to the contract', async () => {
    const parts = await ask(start([]), 'none');
    expect(parts.map(({ type }) => type)).toEqual(['text-delta', 'finish']);
  });

  it.each([
    'wrong-type',
    'missing-field',
    'unknown-part',
    'extra-field',
    'huge-text',
    'no-number',
    'negative-count',
    'prototype-key',
    'wrong-error',
    'wrong-sequence',
    'value-for-a-stream',
    'no-frame',
    'wrong-load',
  ])('is ended for %s, the cause is said, and the next question has a new one', async (trick) => {
    const said: string[] = [];
    const local = start(said);
    const outcome = await ask(local, trick).catch((error: { readonly code: string }) => [
      { type: 'failure', error } as const,
    ]);
    const last = outcome.at(-1);
    if (last?.type !== 'failure') throw new Error(`it was believed: ${JSON.stringify(outcome).slice(0, 200)}`);
    expect(['app/bad-answer', 'model/crashed']).toContain(last.error.code);
    expect(outcome.filter(({ type }) => type === 'finish')).toEqual([]);
    expect(said.join('\n')).toMatch(/it said what it may not/);
    expect(({} as { polluted?: true }).polluted).toBeUndefined();
    const next = await ask(local, 'none');
    expect(next.at(-1)?.type).toBe('finish');
  });

  it('that ends on a line of its code is told by a plain cause, and the line is in the log alone', async () => {
    const said: string[] = [];
    const last = (await ask(start(said), 'abort')).at(-1);
    if (last?.type !== 'failure') throw new Error('it did not fail');
    expect(last.error).toMatchObject({ code: 'model/crashed', message: 'the engine ended by SIGABRT' });
    expect(last.error.message).not.toMatch(/[/\\]|:\d/);
    expect(said.join('\n')).toMatch(/vocab\.cpp:2501/);
  });

  it.each(['endless', 'after-the-end'])('is ended for parts that nobody asked for: %s', async (trick) => {
    const said: string[] = [];
    const local = start(said);
    const before = local.processId;
    await ask(local, trick);
    await waitFor('it is said', () => said.some((line) => /it said what it may not/.test(line)));
    await waitFor('it has ended', () => local.processId === null || local.processId !== before);
    expect((await ask(local, 'none')).at(-1)?.type).toBe('finish');
  });
});
