import { describe, expect, it } from 'vitest';
import type { ModelPart } from '../../../contract/engine.ts';
import type { Basis } from '../../../contract/receipt.ts';
import { parts } from '../../../core/answers/plans/parts.ts';
import { passages } from '../../../core/answers/plans/passages.ts';
import type { Plan, PlanPart } from '../../../core/answers/plans/plan.ts';
import { whole } from '../../../core/answers/plans/whole.ts';
import { withoutEarlierTexts } from '../../../core/answers/plans/without-earlier-texts.ts';
import { type AskedAs, askedQuestion, ends, says, scriptedModel } from '../../support/asked-question.ts';

const ferry = { text: 'The ferry leaves at noon. '.repeat(20) };
const about = { text: 'When does the ferry leave?' };
const translate = { id: 't', instruction: 'Translate it.', output: 'replace' } as NonNullable<AskedAs['action']>;

/** Each plan with a question that it answers, and what it answers it from. */
const plans: Readonly<Record<string, readonly [Plan, AskedAs, Basis | { readonly type: Basis['type'] }]>> = {
  whole: [whole, { own: [ferry], ...about }, { type: 'whole' }],
  passages: [passages, { own: [ferry], ...about }, { type: 'passages' }],
  'part by part': [parts, { own: [ferry], action: translate }, { type: 'parts' }],
  'from notes': [parts, { own: [ferry], text: 'Summarise it.' }, { type: 'parts' }],
  'without earlier texts': [withoutEarlierTexts, { earlier: [ferry] }, { type: 'without-earlier-texts', texts: 1 }],
};

async function carryOut(plan: Plan, asked: AskedAs, given: readonly (readonly ModelPart[])[]) {
  const { model, asked: inputs } = scriptedModel(given);
  const made: PlanPart[] = [];
  const generator = plan(askedQuestion(asked), model, new AbortController().signal);
  let next = await generator.next();
  for (; next.done !== true; next = await generator.next()) made.push(next.value);
  const text = made.map((part) => (part.type === 'text-delta' ? part.text : '')).join('');
  return { made, text, misfit: next.value, inputs };
}

describe('every plan', () => {
  const crash: ModelPart = { type: 'failure', error: { code: 'model/crashed', message: '' } };
  const given: Readonly<Record<string, readonly ModelPart[]>> = {
    'an answer': [says('So '), says('it is.'), ends],
    'an answer between delimiters': [says('"""\nSo '), says('it is.\n"'), says('""'), ends],
    'an abort in the middle': [says('So'), { type: 'aborted' }],
    'an abort at once': [{ type: 'aborted' }],
    'a failure in the middle': [says('So'), crash],
    'a failure at once': [crash],
    'a thought alone': [{ type: 'thinking-delta', text: 'Hm.' }, ends],
    'text that was thought': [says('Hm.'), { type: 'text-was-thinking' }, says('So it is.'), ends],
  };
  const cases = Object.keys(plans).flatMap((plan) => Object.keys(given).map((what) => [plan, what] as const));

  it.each(cases)('says once what its answer is made from, right before its end: %s, %s', async (name, what) => {
    const [plan, asked, basis] = plans[name] ?? [whole, {}, { type: 'whole' }];
    const answer = given[what] ?? [];
    const { made, misfit } = await carryOut(plan, asked, [answer, answer]);
    expect(misfit).toBeNull();
    expect(made.filter(({ type }) => type === 'made-from')).toHaveLength(1);
    expect(made.at(-2)).toMatchObject({ type: 'made-from', basis });
    expect(['finish', 'failure', 'aborted']).toContain(made.at(-1)?.type);
    const ended = made.filter(({ type }) => ['finish', 'failure', 'aborted'].includes(type));
    expect(ended).toHaveLength(1);
  });

  it.each(Object.keys(plans))('gives the answer without the delimiters of its text: %s', async (name) => {
    const [plan, asked] = plans[name] ?? [whole, {}];
    // Without its text nothing stands between any: there they are part of the answer.
    const answer = name === 'without earlier texts' ? 'an answer' : 'an answer between delimiters';
    const { text } = await carryOut(plan, asked, [given[answer] ?? [], given[answer] ?? []]);
    expect(text.trim()).toBe('So it is.');
  });
});

describe('a plan that makes no answer', () => {
  it.each<[string, Plan, AskedAs]>([
    ['passages of no text', passages, {}],
    ['passages where nothing fits', passages, { own: [ferry], text: 'Zebras?' }],
    ['parts of no text', parts, {}],
    ['no earlier texts to leave out', withoutEarlierTexts, { own: [ferry] }],
  ])('asks nobody and says that nothing was found: %s', async (_, plan, asked) => {
    const { made, misfit, inputs } = await carryOut(plan, asked, []);
    expect({ made, misfit, inputs }).toEqual({ made: [], misfit: { why: 'nothing-found' }, inputs: [] });
  });

  it('says that the whole is too long, and how the model says so', async () => {
    for (const code of ['model/context-full', 'server/context-full'] as const) {
      const error = { code, message: 'x' };
      const { made, misfit } = await carryOut(whole, {}, [[{ type: 'failure', error }]]);
      expect({ made, misfit }).toEqual({ made: [], misfit: { why: 'too-long', error } });
    }
  });

  it('says that the whole would lose the texts of before', async () => {
    const given: ModelPart[] = [{ type: 'messages-dropped', count: 2 }, says('What?'), ends];
    const { made, misfit } = await carryOut(whole, { earlier: [ferry] }, [given]);
    expect({ made, misfit }).toEqual({ made: [], misfit: { why: 'loses-texts' } });
  });
});

describe('a text in parts', () => {
  it('takes no thought for a note', async () => {
    const note: ModelPart[] = [says('Hm.'), { type: 'text-was-thinking' }, says('It leaves.'), ends];
    const { inputs } = await carryOut(parts, { own: [ferry], text: 'Summarise it.' }, [note, [says('So.'), ends]]);
    expect(inputs.at(-1)?.messages.at(-1)?.text).toContain('It leaves.');
    expect(inputs.at(-1)?.messages.at(-1)?.text).not.toContain('Hm.');
  });
});
