import { describe, expect, it } from 'vitest';
import type { GenerateInput, IndexedPart, ModelPart } from '../../../contract/engine.ts';
import type { AskedModel } from '../../../core/answers/asked-model.ts';
import { withinBudget } from '../../../core/answers/within-budget.ts';
import { question } from '../../support/gate.ts';

const refused: ModelPart = { type: 'failure', error: { code: 'budget/exceeded', message: '' } };
const finish: ModelPart = {
  ...{ type: 'finish', reason: 'stop' },
  usage: { promptTokens: 1, cachedTokens: null, outputTokens: 1, contextTokens: null, droppedMessages: 0 },
};

/** Answers each prompt with its name and the prompt, until it has answered so many. */
function model(name: string, answers: number): AskedModel & { readonly asked: string[] } {
  const asked: string[] = [];
  async function* generate({ messages }: GenerateInput): AsyncGenerator<ModelPart> {
    const text = messages[0]?.text ?? '';
    if (asked.length >= answers) return yield refused;
    asked.push(text);
    yield { type: 'text-delta', text: `${name} ${text}.` };
    yield finish;
  }
  async function* generateEach(inputs: readonly GenerateInput[]): AsyncGenerator<IndexedPart> {
    for (const [index, input] of inputs.entries())
      for await (const part of generate(input)) {
        yield { index, part };
        if (part.type === 'failure') return;
      }
  }
  return { asked, capabilities: {} as AskedModel['capabilities'], generate, generateEach };
}

const prompt = (text: string): GenerateInput => ({ ...question, messages: [{ role: 'user', text }] });
const never = new AbortController().signal;
const written = async (parts: AsyncIterable<ModelPart>) => {
  const texts: string[] = [];
  for await (const part of parts) texts.push(part.type === 'text-delta' ? part.text : part.type);
  return texts;
};

describe('what a budget refuses', () => {
  it('is answered on this machine, and so is all that follows, asked for once', async () => {
    const [cloud, here] = [model('cloud', 1), model('here', 9)];
    let found = 0;
    const asked = withinBudget(cloud, async () => {
      found += 1;
      return here;
    });
    for (const [text, by] of [
      ['a', 'cloud'],
      ['b', 'here'],
      ['c', 'here'],
    ] as const)
      expect(await written(asked.generate(prompt(text), never))).toEqual([`${by} ${text}.`, 'finish']);
    expect([found, cloud.asked, here.asked]).toEqual([1, ['a'], ['b', 'c']]);
  });

  it('is answered here from the part on that was refused, each part in its place', async () => {
    const [cloud, here] = [model('cloud', 2), model('here', 9)];
    const asked = withinBudget(cloud, async () => here);
    const texts = new Map<number, string>();
    for await (const { index, part } of asked.generateEach(['a', 'b', 'c', 'd'].map(prompt), never))
      if (part.type === 'text-delta') texts.set(index, part.text);
    expect([...texts]).toEqual([
      [0, 'cloud a.'],
      [1, 'cloud b.'],
      [2, 'here c.'],
      [3, 'here d.'],
    ]);
  });

  it('is refused with its sentence where there is no model here', async () => {
    const asked = withinBudget(model('cloud', 0), async () => null);
    expect(await written(asked.generate(prompt('a'), never))).toEqual(['failure']);
  });

  it('is nothing that failed for another reason', async () => {
    const cloud = model('cloud', 9);
    const failing: AskedModel = {
      ...cloud,
      async *generate() {
        yield { type: 'failure', error: { code: 'server/busy', message: '' } };
      },
    };
    const asked = withinBudget(failing, () => Promise.reject(new Error('nobody asks for this')));
    expect(await written(asked.generate(prompt('a'), never))).toEqual(['failure']);
  });
});
