import { describe, expect, it } from 'vitest';
import type { TrialPart } from '../../../contract/atom-edit.ts';
import type { Step } from '../../../contract/atom-steps.ts';
import type { ModelPart } from '../../../contract/engine.ts';
import { trySteps } from '../../../core/answers/try-steps.ts';
import { listValue, textValue, type Value } from '../../../core/steps/value.ts';
import { collect, ends, says, scriptedModel } from '../../support/asked-question.ts';

const both = (text: string) => ({ en: text, 'zh-CN': text });
const ask: Step = { do: 'prompt', prompt: both('List the tasks.') };
const lines: Step = { do: 'split', at: 'lines' };
const sort: Step = { do: 'sort', by: 'text' };
const bullets: Step = { do: 'join', mark: 'bullet' };

interface Given {
  readonly steps: readonly (Step | null)[];
  readonly from?: number;
  readonly value?: Value;
  readonly asksModel?: boolean;
  readonly answers?: readonly (readonly ModelPart[])[];
}

async function attempt({ steps, from = 0, value = textValue('b\na'), asksModel = false, answers = [] }: Given) {
  const { model } = scriptedModel(answers);
  const identity = { id: 'm', name: 'Model', where: 'device', host: null } as const;
  const parts = await collect<TrialPart>(
    trySteps({
      ...{ steps, from, value, asksModel, replaces: true, trialId: 't', signal: new AbortController().signal },
      tools: { language: 'en', now: new Date(), plainOf: (text) => text },
      askModel: () => Promise.resolve({ model, sampling: { temperature: 0 }, identity }),
    }),
  );
  return parts.map((part) => ('ms' in part ? { ...part, ms: 0 } : part));
}

const made = (parts: readonly TrialPart[]) =>
  parts.flatMap((part) => (part.type === 'step-made' ? [[part.step, part.value]] : []));

describe('steps that are tried on a sample', () => {
  it('each tell what they made, and those without a model need none', async () => {
    const parts = await attempt({ steps: [lines, sort, bullets] });
    expect(made(parts)).toEqual([
      [0, { type: 'list', items: ['b', 'a'] }],
      [1, { type: 'list', items: ['a', 'b'] }],
      [2, { type: 'text', text: '- a\n- b' }],
    ]);
  });

  it('wait where a model would be asked, until that is wanted', async () => {
    expect((await attempt({ steps: [ask, lines] })).at(-1)).toEqual({ type: 'model-wanted', step: 0 });
    const parts = await attempt({ steps: [ask, lines], asksModel: true, answers: [[says('x'), says('\ny'), ends]] });
    expect(parts.filter(({ type }) => type === 'text-delta').length).toBe(2);
    expect(parts.find(({ type }) => type === 'step-made')).toMatchObject({ step: 0, modelName: 'Model', host: null });
    expect(made(parts).at(-1)).toEqual([1, { type: 'list', items: ['x', 'y'] }]);
  });

  it('go on from a value in between, which a person may have changed', async () => {
    const parts = await attempt({ steps: [ask, sort, bullets], from: 1, value: listValue(['2', '1']) });
    expect(made(parts).at(-1)).toEqual([2, { type: 'text', text: '- 1\n- 2' }]);
  });

  it('end at the one that is wrong or does not fit, and those before it are done', async () => {
    expect((await attempt({ steps: [lines, null, bullets] })).at(-1)).toEqual({ type: 'step-unfit', step: 1 });
    expect((await attempt({ steps: [sort] })).at(-1)).toEqual({ type: 'step-unfit', step: 0 });
  });

  it('say why one failed, and pass over one that is switched off', async () => {
    const none: Step = { do: 'extract', what: 'links' };
    const parts = await attempt({ steps: [{ ...ask, off: true }, none, bullets] });
    expect(parts.map(({ type }) => type)).toEqual(['step-passed', 'step-begun', 'step-failed']);
    expect(parts.at(-1)).toMatchObject({ step: 1, error: { code: 'step/nothing-left' } });
  });

  it('tell no more of a large value than a page is shown, and how large it is', async () => {
    const parts = await attempt({ steps: [lines], value: textValue('word\n'.repeat(30_000)) });
    const last = parts.at(-1);
    expect(last).toMatchObject({ isWhole: false, size: 30_000 });
    expect(JSON.stringify(last).length).toBeLessThan(130_000);
  });
});
