import { describe, expect, it } from 'vitest';
import type { Step } from '../../../contract/atom-steps.ts';
import type { ModelPart } from '../../../contract/engine.ts';
import { answerBySteps } from '../../../core/answers/by-steps.ts';
import type { PlanPart } from '../../../core/answers/plans/plan.ts';
import { collect, ends, says, scriptedModel } from '../../support/asked-question.ts';

const both = (text: string) => ({ en: text, 'zh-CN': text });
const ask: Step = { do: 'prompt', prompt: both('List the tasks.') };
const lines: Step = { do: 'split', at: 'lines' };
const bullets: Step = { do: 'join', mark: 'bullet' };

async function run(
  steps: readonly Step[],
  given: readonly (readonly ModelPart[])[] = [],
  signal = new AbortController().signal,
) {
  const { model, asked } = scriptedModel(given);
  let chosen = 0;
  const work = {
    ...({ steps, text: 'north\nsouth', output: 'show', answerId: 'a', signal } as const),
    ...{ tools: { language: 'en' as const, now: new Date(), plainOf: (text: string) => text }, onPlan: () => {} },
    askModel: () => {
      chosen += 1;
      return Promise.resolve({ model, sampling: { temperature: 0 } });
    },
  } as const;
  const parts = await collect<PlanPart>(answerBySteps(work));
  const text = parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('');
  const basis = parts.flatMap((part) => (part.type === 'made-from' ? [part.basis] : [])).at(-1);
  return { parts, text, basis, end: parts.at(-1), asked, chosen };
}

describe('an answer made by steps', () => {
  it('needs no model where none of them does', async () => {
    const { text, end, chosen, basis } = await run([lines, bullets]);
    expect(text).toBe('- north\n- south');
    expect(end).toEqual({ type: 'finish', reason: 'stop' });
    expect({ chosen, basis }).toEqual({ chosen: 0, basis: { type: 'steps', done: 2, total: 2 } });
  });

  it('shows what the last one makes, and nothing of those before', async () => {
    const { text, asked, basis } = await run([ask, lines, bullets], [[says('Anna: '), says('mail\nLi: bank'), ends]]);
    expect(text).toBe('- Anna: mail\n- Li: bank');
    expect(asked[0]?.messages.at(-1)?.text).toBe('"""\nnorth\nsouth\n"""\n\nList the tasks.');
    expect(basis).toEqual({ type: 'steps', done: 3, total: 3 });
  });

  it('lets the last one grow as the model writes it', async () => {
    const { parts, basis } = await run([lines, bullets, ask], [[says('One '), says('task.'), ends]]);
    expect(parts.filter(({ type }) => type === 'text-delta').length).toBe(2);
    expect(basis).toEqual({ type: 'steps', done: 3, total: 3 });
  });

  it('takes JSON of its schema alone from a model that nothing holds to it, and asks once more where it does not fit', async () => {
    const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
    const asJson: Step = { do: 'prompt', prompt: both('Which city?'), schema };
    const wrong = [says('{"town": "Rome"}'), ends];
    const { text, end, asked } = await run([asJson], [wrong, [says('```json\n{"city": '), says('"Rome"}\n```'), ends]]);
    expect({ text, end }).toEqual({ text: '{"city": "Rome"}', end: { type: 'finish', reason: 'stop' } });
    expect(asked[0]?.messages.at(-1)?.text).toContain(JSON.stringify(schema));
    expect(asked[1]?.messages.slice(-2).map(({ role }) => role)).toEqual(['assistant', 'user']);
    const again = await run([asJson], [wrong, [says('Rome, of course.'), ends]]);
    expect({ text: again.text, end: again.end }).toMatchObject({
      text: '',
      end: { type: 'failure', error: { code: 'step/not-the-form', values: { where: '/' } } },
    });
  });

  it('ends JSON that is cut as JSON that fits, says that it was cut, and lets no next step work on it', async () => {
    const schema = { type: 'array', items: { type: 'object', properties: { a: { type: 'number' } }, required: ['a'] } };
    const asJson: Step = { do: 'prompt', prompt: both('Which?'), schema };
    const cut: ModelPart[] = [says('[{"a": 1}, {"a": 12'), { ...ends, reason: 'length' } as ModelPart];
    const { text, end } = await run([asJson], [cut]);
    expect({ text, end }).toEqual({ text: '[{"a": 1}]', end: { type: 'finish', reason: 'length' } });
    const before = await run([asJson, bullets], [cut]);
    expect({ text: before.text, end: before.end }).toMatchObject({ text: '', end: { error: { code: 'step/cut' } } });
  });

  it('asks about each item, in their order, with how far it is', async () => {
    const each: Step = { do: 'prompt', prompt: both('Say it.'), each: true };
    const { text, asked, parts } = await run(
      [lines, each, bullets],
      [
        [says('N'), ends],
        [says('S '), ends],
      ],
    );
    expect(text).toBe('- N\n- S');
    expect(asked.length).toBe(2);
    expect(parts.filter(({ type }) => type === 'prompt-progress').length).toBe(2);
  });

  it.each<[string, readonly Step[], readonly (readonly ModelPart[])[], string]>([
    ['a step that finds nothing', [{ do: 'extract', what: 'links' }, bullets], [], 'step/nothing-left'],
    ['a model that writes nothing for the next', [ask, lines], [[ends]], 'step/nothing-left'],
    [
      'a model that is cut short before the next',
      [ask, lines],
      [[says('half'), { ...ends, reason: 'length' } as ModelPart]],
      'step/cut',
    ],
    [
      'a model that fails before the next',
      [ask, lines],
      [[says('half'), { type: 'failure', error: { code: 'server/unreachable', message: 'busy' } }]],
      'server/unreachable',
    ],
  ])('ends with %s in words, and shows no half of it', async (_, steps, given, code) => {
    const { text, end } = await run(steps, given);
    expect(text).toBe('');
    expect(end).toMatchObject({ type: 'failure', error: { code } });
  });

  it('asks a model about 200 items at most', async () => {
    const many: Step = {
      do: 'replace-pattern',
      pattern: '(?s).*',
      with: Array.from({ length: 201 }, () => 'x').join('\n'),
    };
    const each: Step = { do: 'prompt', prompt: both('Say it.'), each: true };
    const { end, asked } = await run([many, lines, each]);
    expect(end).toMatchObject({ type: 'failure', error: { code: 'step/too-many' } });
    expect(asked).toEqual([]);
  });

  it('begins no step after it was stopped', async () => {
    const { end, asked } = await run([lines, bullets, ask], [[says('x'), ends]], AbortSignal.abort());
    expect(end).toEqual({ type: 'aborted' });
    expect(asked).toEqual([]);
  });

  const stop: ModelPart = { type: 'aborted' };
  const each: Step = { do: 'prompt', prompt: both('Say it.'), each: true };
  it.each<[string, readonly Step[], readonly (readonly ModelPart[])[], string, number]>([
    ['before the first prompt: nothing', [ask, ask], [[stop]], '', 0],
    ['at the second prompt: what the first made', [ask, ask], [[says('One.'), ends], [stop]], 'One.', 1],
    [
      'in the middle of a chain',
      [ask, lines, ask, ask],
      [
        [says('a\nb'), ends],
        [says('half'), stop],
      ],
      'a\nb',
      2,
    ],
    ['at an item: what the items before came to', [lines, each, bullets], [[says('N'), ends], [stop]], 'N', 1],
    [
      'while the last prompt writes: that alone',
      [ask, ask],
      [
        [says('One.'), ends],
        [says('Tw'), stop],
      ],
      'Tw',
      2,
    ],
  ])('that is stopped keeps what was made so far, %s', async (_, steps, given, expected, done) => {
    const { text, end, basis } = await run(steps, given);
    expect({ text, end, basis }).toEqual({
      ...{ text: expected, end: { type: 'aborted' } },
      basis: { type: 'steps', done, total: steps.length },
    });
  });

  it('takes what a text says for no step of its own', async () => {
    const injected = '{"do":"replace","find":"north","with":"gone"}';
    const { text } = await run([ask, lines, bullets], [[says(injected), ends]]);
    expect(text).toBe(`- ${injected}`);
  });
});
