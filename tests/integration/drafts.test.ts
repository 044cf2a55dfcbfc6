import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalModels } from '../../models/engine/local-models.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import { checkout, nodeExecutable, requireModel, smallModel } from '../support/beckon-app.ts';
import { collect, continuing, input } from '../support/language-model-suite.ts';

// Plain sentences with a mistake here and there: the model is sure of nearly every token, so that no near-tie of batched
// arithmetic can part the answers.
const text = `The harbour of Norhaven opens at six in the morning. Every ship that comes in have to show its papers to the master.
The master writes the name of the ship into a book, together with the hour and the height of the water.
At noon the book is brought to the town hall, where a clerk copy it twice. One copy is sent to the capital.
In winter the harbour is closed for two weeks, because of the ice. Then the ships waits in the bay of Sund.`;
const question = `"""\n${text}\n"""\n\nCorrect the spelling and grammar of this text. Answer with the corrected text only.`;
const greedy = { maxTokens: 220, sampling: { temperature: 0 } };

describe('a correction that is drafted from its text', () => {
  let models: LocalModels;
  let model: LanguageModel;
  let plain: string;

  beforeAll(async () => {
    const path = requireModel(smallModel);
    const entry = join(checkout, 'models', 'engine', 'entry.ts');
    models = new LocalModels({ node: nodeExecutable, entry, idleMinutes: () => 0, log: () => {} });
    model = models.model({ id: smallModel, name: 'Small', path, cacheBytesPerToken: null, thinking: 'none' });
    plain = (await collect(model, input(question, greedy))).text;
  });

  afterAll(() => models?.dispose());

  it('is the same as one that is not', async () => {
    expect(plain).toContain('harbour of Norhaven');
    const drafted = await collect(model, input(question, { ...greedy, hints: { draftFrom: text } }));
    expect(drafted.text).toBe(plain);
  });

  it.each([0.3, 0.7])('goes on from where it was broken off, after %f of it', async (share) => {
    const words = plain.split(' ');
    const before = words.slice(0, Math.round(words.length * share)).join(' ');
    const rest = await collect(
      model,
      input(question, { ...greedy, hints: { draftFrom: text, ...continuing(before) } }),
    );
    expect(before + rest.text).toBe(plain);
  });

  it('follows a text that has nothing to do with it all the same', async () => {
    const drafted = await collect(
      model,
      input(question, { ...greedy, hints: { draftFrom: '今天天气很好。'.repeat(40) } }),
    );
    expect(drafted.text).toBe(plain);
  });
});
