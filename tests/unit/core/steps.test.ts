import { describe, expect, it } from 'vitest';
import type { PlainStep, Step } from '../../../contract/atom-steps.ts';
import { builtinAtoms } from '../../../core/atoms/builtin.ts';
import { readAtomFile } from '../../../core/atoms/read-atom-file.ts';
import { toRichText } from '../../../core/put-back/rich-text.ts';
import { planSteps } from '../../../core/steps/plan-steps.ts';
import { runPlainStep, type StepTools } from '../../../core/steps/run-plain-step.ts';
import { listValue, textOf, textValue, type Value } from '../../../core/steps/value.ts';
import { languageOfText } from '../../../text/language.ts';

const tools: StepTools = {
  language: 'en',
  now: new Date(2029, 10, 3, 9, 5),
  plainOf: (markdown) => toRichText(markdown)?.text ?? markdown,
};

async function runAll(steps: readonly Step[], text: string): Promise<string> {
  let value: Value = textValue(text);
  const own = { ...tools, language: languageOfText(text) };
  for (const step of steps) value = await runPlainStep(step as PlainStep, value, own);
  return textOf(value);
}

describe('steps without a model', () => {
  const withoutModel = builtinAtoms().flatMap((atom) =>
    atom.atom === 2 && atom.steps.every((step) => step.do !== 'prompt') ? [atom] : [],
  );

  it('are what eight of the built-in atoms are made of', () => {
    expect(withoutModel.length).toBe(8);
  });

  it.each(withoutModel.flatMap((atom) => (atom.examples ?? []).map((example) => [atom.id, atom, example] as const)))(
    'make of an example of %s what its file promises',
    async (_, atom, example) => {
      const made = await runAll(atom.steps, example.input);
      if (example.is !== undefined) expect(made).toBe(example.is);
      for (const part of example.has ?? []) expect(made).toContain(part);
    },
  );

  it.each<[string, readonly Step[], string, string]>([
    ['capitals', [{ do: 'case', to: 'upper' }], 'straße und äpfel', 'STRASSE UND ÄPFEL'],
    ['a title', [{ do: 'case', to: 'title' }], 'a walk by the sea: the end', 'A Walk by the Sea: The End'],
    ['a title keeps what is in capitals', [{ do: 'case', to: 'title' }], 'the NASA report', 'The NASA Report'],
    ['sentences', [{ do: 'case', to: 'sentence' }], 'IT RAINS. WE STAY.', 'It rains. We stay.'],
    ['a text that looks like a pattern', [{ do: 'replace', find: 'a.b', with: '$&' }], 'a.b axb', '$& axb'],
    ['a pattern', [{ do: 'replace-pattern', pattern: '(\\d+) km', with: '$1 kilometres' }], '5 km', '5 kilometres'],
    ['a pattern at each line', [{ do: 'replace-pattern', pattern: '^> ?', with: '' }], '> one\n> two', 'one\ntwo'],
    [
      'a group of a pattern',
      [
        { do: 'extract-pattern', pattern: '#(\\w+)' },
        { do: 'join', with: ', ' },
      ],
      'see #harbour and #tide',
      'harbour, tide',
    ],
    ['numbers', [{ do: 'extract', what: 'numbers' }], '1,200 of 3.5 % and -4', '1,200\n3.5\n-4'],
    [
      'addresses',
      [{ do: 'extract', what: 'emails' }],
      '写信给 li.wei@example.org，或 a@b.example。',
      'li.wei@example.org\na@b.example',
    ],
    [
      'numbers sorted by size',
      [
        { do: 'split', at: 'lines' },
        { do: 'sort', by: 'number', order: 'down' },
      ],
      '9 kg\n1,200 kg\nnone\n-3 kg',
      'none\n1,200 kg\n9 kg\n-3 kg',
    ],
    [
      'lines that have it not',
      [
        { do: 'split', at: 'lines' },
        { do: 'filter', has: 'no', not: true },
      ],
      'north\nsouth\neast',
      'south\neast',
    ],
    ['sentences apart', [{ do: 'split', at: 'sentences' }], '下雨了。我们留下。', '下雨了。\n我们留下。'],
    [
      'numbers before lines',
      [
        { do: 'split', at: 'lines' },
        { do: 'join', mark: 'number' },
      ],
      'a\nb',
      '1. a\n2. b',
    ],
    ['words counted', [{ do: 'count', what: 'words' }], 'one two three', '3'],
    ['characters as people count them', [{ do: 'count', what: 'characters' }], '灯塔👍', '3'],
    [
      'a template, whose own text is not filled in again',
      [{ do: 'template', text: { en: '{date} {time} {text} {other}', 'zh-CN': '-' } }],
      '{date}',
      '2029-11-03 09:05 {date} {other}',
    ],
    [
      'a table as objects',
      [{ do: 'read-table' }, { do: 'write-table', as: 'json' }],
      'a;b\n1;2',
      '[\n  {\n    "a": "1",\n    "b": "2"\n  }\n]',
    ],
    [
      'a row that is too short',
      [{ do: 'read-table' }, { do: 'write-table', as: 'tabs' }],
      'a,b,c\n1',
      'a\tb\tc\n1\t\t',
    ],
    ['Windows’ line ends', [{ do: 'split', at: 'lines' }, { do: 'reverse' }], 'a\r\nb', 'b\na'],
  ])('do %s', async (_, steps, input, made) => {
    expect(await runAll(steps, input)).toBe(made);
  });

  it.each<[string, Step, Value]>([
    ['step/not-json', { do: 'json', style: 'pretty' }, textValue('{"a":')],
    ['step/no-table', { do: 'read-table' }, textValue('one line of words')],
    ['step/no-table', { do: 'read-table' }, textValue('')],
    ['step/nothing-left', { do: 'extract', what: 'links' }, textValue('no address')],
    ['step/nothing-left', { do: 'filter', has: 'x' }, listValue(['a'])],
    ['step/bad-pattern', { do: 'extract-pattern', pattern: '(a' }, textValue('a')],
    ['step/bad-pattern', { do: 'extract-pattern', pattern: '(a)\\1' }, textValue('aa')],
    ['step/too-large', { do: 'replace', find: 'a', with: 'b'.repeat(2000) }, textValue('a'.repeat(20_000))],
    ['step/too-large', { do: 'split', at: 'lines' }, textValue('a\n'.repeat(200_001))],
  ])('say %s', async (code, step, value) => {
    await expect(runPlainStep(step as PlainStep, value, tools)).rejects.toMatchObject({ code });
  });

  it.each(['(a+)+$', '(a|aa)*c', '(.*)*x', '([a-z]+)*1'])(
    'end with a pattern that takes others for ever: %s',
    async (pattern) => {
      const text = `${'a'.repeat(30_000)}!`;
      const value = await runPlainStep({ do: 'replace-pattern', pattern, with: '' }, textValue(text), tools);
      expect(textOf(value).length).toBeLessThanOrEqual(text.length);
    },
  );
});

describe('the plan of a chain', () => {
  const chain = (steps: readonly unknown[]) => ({
    ...{ atom: 2, id: 'own', name: { en: 'Own', 'zh-CN': '自己的' }, input: 'selection', output: 'show', steps },
  });
  const read = (steps: readonly unknown[]) => readAtomFile(JSON.stringify(chain(steps), null, 2), 'own.json');

  it('follows the types from step to step', () => {
    const steps: Step[] = [{ do: 'split', at: 'lines' }, { do: 'sort', by: 'text' }, { do: 'join' }];
    expect(planSteps(steps)).toEqual({ types: ['list', 'list', 'text'], usesModel: false });
  });

  it('tells at which line of a file a step gets what it cannot take', () => {
    expect(() =>
      read([
        { do: 'clean', what: ['spaces'] },
        { do: 'sort', by: 'text' },
      ]),
    ).toThrow(
      expect.objectContaining({
        code: 'action/broken-file',
        detail: {
          values: expect.objectContaining({
            file: 'own.json',
            line: 18,
            reason: 'steps.1: sort takes list, and gets text',
            step: 2,
          }),
        },
      }),
    );
  });

  it('tells at which line of a file a model is asked for a form that no answer can be held to', () => {
    const schema = { type: 'object', properties: { tags: { type: 'array', uniqueItems: true } } };
    const both = { en: 'Find tags.', 'zh-CN': '找标签。' };
    expect(() => read([{ do: 'prompt', prompt: both, schema }])).toThrow(
      expect.objectContaining({
        code: 'action/broken-file',
        message: expect.stringContaining('steps.0.schema/properties/tags: uniqueItems'),
      }),
    );
  });

  it.each([
    ['a field that nobody knows', [{ do: 'unique', path: '/etc/passwd' }]],
    ['no step', []],
    ['51 steps', Array.from({ length: 51 }, () => ({ do: 'clean', what: ['spaces'] }))],
  ])('refuses %s', (_, steps) => {
    expect(() => read(steps)).toThrow(expect.objectContaining({ code: 'action/broken-file' }));
  });

  // A later version may know it: the file is kept, and named.
  it('refuses to run a step that nobody knows, by its name', () => {
    const steps = [{ do: 'run-program', path: '/bin/sh' }];
    expect(() => read(steps)).toThrow(expect.objectContaining({ code: 'atom/unknown-step' }));
  });
});
