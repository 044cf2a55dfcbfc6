import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerBySteps } from '../../core/answers/by-steps.ts';
import { builtinAtoms } from '../../core/atoms/builtin.ts';
import { type MakeResult, prove } from '../../core/proof/prove.ts';
import { toRichText } from '../../core/put-back/rich-text.ts';
import { LocalModels } from '../../models/engine/local-models.ts';
import type { LanguageModel } from '../../models/language-model.ts';
import { languageOfText } from '../../text/language.ts';
import { checkout, nodeExecutable, requireModel, starterModel } from '../support/beckon-app.ts';

/** What is promised is an answer and no time: a machine that has much else to do takes several times as long as a quiet one. */
const limitMs = 600_000;

/** What the starter model does of what the files of the built-in atoms promise; printed, for docs/atoms.md. */
describe('the examples of the built-in atoms', () => {
  let models: LocalModels;
  let model: LanguageModel;
  const lines: string[] = [];

  beforeAll(() => {
    const path = requireModel(starterModel);
    const entry = join(checkout, 'models', 'engine', 'entry.ts');
    models = new LocalModels({ node: nodeExecutable, entry, idleMinutes: () => 0, log: () => {} });
    model = models.model({ id: starterModel, name: 'Starter', path, cacheBytesPerToken: null, thinking: 'none' });
  });

  afterAll(() => {
    process.stdout.write(`${lines.join('\n')}\n`);
    return models?.dispose();
  });

  const make: MakeResult = async (steps, text, output, signal) => {
    let result = '';
    let error = null;
    const tools = {
      language: languageOfText(text),
      now: new Date(),
      plainOf: (one: string) => toRichText(one)?.text ?? one,
    };
    const askModel = () => Promise.resolve({ model, sampling: { temperature: 0 } });
    const work = { steps, output, text, answerId: 'a', tools, askModel, signal, onPlan: () => {} };
    for await (const part of answerBySteps(work)) {
      if (part.type === 'text-delta') result += part.text;
      if (part.type === 'failure') error = part.error;
    }
    return { text: result, error };
  };

  it.each(builtinAtoms().map((file) => [file.id, file] as const))('hold for %s', async (id, file) => {
    expect(file.examples?.length ?? 0).toBeGreaterThan(0);
    const wrong: unknown[] = [];
    for await (const proof of prove(file, make, AbortSignal.timeout(limitMs))) {
      const holds = proof.error === null && proof.wrong.length === 0;
      lines.push(`${holds ? 'holds' : 'FAILS'}  ${id} ${proof.example + 1}  ${proof.ms} ms`);
      if (!holds) wrong.push({ ...proof, ms: undefined });
    }
    expect(wrong).toEqual([]);
  });
});
