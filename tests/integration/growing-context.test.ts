import { afterEach, describe, expect, it } from 'vitest';
import type { GenerateInput, ModelPart, PromptMessage } from '../../contract/engine.ts';
import { LlamaEngine } from '../../models/engine/llama-engine.ts';
import { requireModel, tinyModel } from '../support/beckon-app.ts';
import { input } from '../support/language-model-suite.ts';

const facts = (count: number) =>
  Array.from({ length: count }, (_, index) => `Line ${index} says ${index * 7}.`).join(' ');

describe('a context window that grows', () => {
  const engine = new LlamaEngine();
  afterEach(() => engine.unload());

  const load = (firstContextTokens: number) =>
    engine.load({
      path: requireModel(tinyModel),
      contextTokens: 2048,
      firstContextTokens,
      threads: 2,
      thinking: 'none',
      onProgress: () => {},
    });

  async function ask(request: GenerateInput) {
    let text = '';
    let last: ModelPart | undefined;
    for await (const part of engine.generate(request, new AbortController().signal)) {
      if (part.type === 'text-delta') text += part.text;
      last = part;
    }
    if (last?.type !== 'finish') throw new Error(JSON.stringify(last));
    return { text, usage: last.usage, promptTokens: last.usage.promptTokens ?? 0 };
  }

  it('makes room in the middle of an answer, which goes on as if the room had been there', async () => {
    const request = input(`${facts(36)} Write all of these lines again.`, { maxTokens: 180 });
    await load(512);
    const grown = await ask(request);
    expect(grown.promptTokens).toBeLessThan(512 - 128);
    expect(grown.promptTokens + (grown.usage.outputTokens ?? 0)).toBeGreaterThan(512);
    await load(2048);
    expect(grown.text).toBe((await ask(request)).text);
  });

  it('keeps what it has read when a chat outgrows its first window', async () => {
    await load(512);
    const turns: PromptMessage[] = [{ role: 'user', text: `${facts(36)} Say yes.` }];
    const first = await ask(input(turns, { maxTokens: 8 }));
    turns.push({ role: 'assistant', text: first.text }, { role: 'user', text: `${facts(30)} Say no.` });
    const { usage, promptTokens } = await ask(input(turns, { maxTokens: 8 }));
    expect(promptTokens).toBeGreaterThan(512);
    expect(usage.cachedTokens).toBeGreaterThan(first.promptTokens - 8);
    expect(usage.droppedMessages).toBe(0);
  });
});
