import { describe, expect, it } from 'vitest';
import { type Step, stepSchema } from '../../../contract/atom-steps.ts';
import { planSteps } from '../../../core/steps/plan-steps.ts';
import { stepKinds } from '../../../core/steps/step-kinds.ts';

const kinds = stepKinds();
const asked = [{ name: 'x', label: { en: 'x', 'zh-CN': 'x' }, type: 'text' }];

describe('kinds of steps, as forms show them', () => {
  it('are those of files, each with the fields that files have', () => {
    expect(kinds.map(({ do: name }) => name)).toEqual(stepSchema.options.map(({ shape }) => shape.do.value));
    expect(kinds.find((kind) => kind.do === 'sort')).toEqual({
      ...{ do: 'sort', takes: ['list'], makes: 'same', whenEach: null, usesModel: false },
      fields: [
        { name: 'by', kind: 'choice', optional: false, options: ['text', 'number', 'length'], usual: null },
        { name: 'order', kind: 'choice', optional: true, options: ['up', 'down'], usual: 'up' },
      ],
    });
    const prompt = kinds.find((kind) => kind.do === 'prompt');
    expect(prompt?.whenEach).toEqual({ takes: ['list'], makes: 'list' });
    expect(prompt?.fields.map(({ name, kind }) => [name, kind])).toEqual([
      ['prompt', 'both'],
      ['each', 'switch'],
      ['beside', 'switch'],
    ]);
    expect(kinds.find((kind) => kind.do === 'clean')?.fields[0]?.kind).toBe('choices');
    expect(kinds.find((kind) => kind.do === 'filter-pattern')?.fields[0]?.kind).toBe('pattern');
  });

  it('can each be filled in by what a form knows', () => {
    const value = { text: 'x', pattern: 'x', both: { en: 'x', 'zh-CN': 'x' }, switch: true, action: 'x', form: asked };
    for (const { do: name, fields } of kinds) {
      const filled = fields.map(({ name: field, kind, options }) => [
        field,
        kind === 'choice' ? options[0] : kind === 'choices' ? options : field === 'by' ? '1' : value[kind],
      ]);
      expect(stepSchema.safeParse({ do: name, ...Object.fromEntries(filled) }).error, name).toBeUndefined();
    }
  });
});

describe('a step that is switched off', () => {
  const steps: readonly Step[] = [
    { do: 'split', at: 'lines', off: true },
    { do: 'prompt', prompt: { en: 'x', 'zh-CN': 'x' }, off: true },
    { do: 'case', to: 'upper' },
  ];

  it('takes nothing and makes nothing: what came to it goes on', () => {
    expect(planSteps(steps)).toEqual({ types: ['text', 'text', 'text'], usesModel: false });
  });

  it('does not make a chain fit that needs what it would make', () => {
    expect(planSteps([...steps.slice(0, 1), { do: 'unique' }])).toMatchObject({ step: 1, got: 'text' });
  });
});
