import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GenerateUsage, ModelPart } from '../../contract/engine.ts';
import { textPrompt } from '../../core/prompts/text-prompt.ts';
import { LlamaEngine } from '../../models/engine/llama-engine.ts';
import { requireModel, tinyModel } from '../support/beckon-app.ts';
import { input } from '../support/language-model-suite.ts';

const english = Array.from({ length: 24 }, (_, index) => `Line ${index} says ${index * 7}.`).join(' ');
const chinese = Array.from({ length: 12 }, (_, index) => `第${index}行说的是${index * 7}。`).join('');
/** Ends of a chat template that follow the text where nothing is asked yet, and the token that an answer starts from. */
const tokensOfTheEnd = 12;

describe('a text that is read beforehand', () => {
  const engine = new LlamaEngine();
  const path = requireModel(tinyModel);

  beforeAll(() => engine.load({ path, contextTokens: 4096, threads: 1, thinking: 'none', onProgress: () => {} }));
  afterAll(() => engine.unload());

  /** Reads a text as core does, up to `stopAt` tokens of it. */
  async function read(text: string, stopAt = Number.POSITIVE_INFINITY): Promise<readonly ModelPart[]> {
    const stop = new AbortController();
    const parts: ModelPart[] = [];
    for await (const part of engine.prefill(textPrompt(text, null), stop.signal)) {
      parts.push(part);
      if (part.type === 'prompt-progress' && part.done >= stopAt) stop.abort();
    }
    return parts;
  }

  async function ask(text: string, instruction: string): Promise<GenerateUsage> {
    let last: ModelPart | undefined;
    const request = input(textPrompt(text, instruction), { maxTokens: 4 });
    for await (const part of engine.generate(request, new AbortController().signal)) last = part;
    if (last?.type !== 'finish') throw new Error(JSON.stringify(last));
    return last.usage;
  }

  it.each([
    [english, 'Summarise the text above.', 'Who is named in it?'],
    [chinese, '请总结以上文字。', '其中提到了谁？'],
  ])('is read again by no question about it, whatever is asked', async (text, one, other) => {
    const last = (await read(text)).at(-1);
    if (last?.type !== 'finish') throw new Error(JSON.stringify(last));
    const whole = last.usage.promptTokens ?? 0;
    expect(whole).toBeGreaterThan(150);
    for (const instruction of [one, other])
      expect((await ask(text, instruction)).cachedTokens).toBeGreaterThan(whole - tokensOfTheEnd);
  });

  it('is answered by nothing', async () => {
    const parts = await read(`${english} And so on.`);
    expect(parts.map(({ type }) => type)).not.toContain('text-delta');
    expect(parts.at(-1)).toMatchObject({ type: 'finish', usage: { outputTokens: 0 } });
  });

  it('stays read as far as it was when the person asks meanwhile', async () => {
    const text = `Other lines. ${english}`;
    const parts = await read(text, 128);
    expect(parts.at(-1)).toEqual({ type: 'aborted' });
    const { cachedTokens, promptTokens } = await ask(text, 'Summarise the text above.');
    expect(cachedTokens).toBeGreaterThanOrEqual(128);
    expect(cachedTokens).toBeLessThan(promptTokens ?? 0);
  });
});
