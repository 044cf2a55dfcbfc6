import { describe, expect, it } from 'vitest';
import { fillForm } from '../../../cli/fill-form.ts';
import type { CommandInput } from '../../../cli/run-cli.ts';
import { Terminal } from '../../../cli/terminal.ts';
import { createCliWords } from '../../../cli/words.ts';
import type { RunForm } from '../../../contract/atom-forms.ts';
import { type AppError, toErrorShape } from '../../../contract/errors.ts';
import { readAnswers } from '../../../core/steps/answers.ts';

const both = (text: string) => ({ en: text, 'zh-CN': text });
const form: RunForm = {
  id: 'f-1',
  fields: [
    { name: 'who', label: both('Who\u001b[2J'), type: 'text' },
    { name: 'count', label: both('How many'), type: 'number', usual: '2' },
    { name: 'tone', label: both('Tone'), type: 'choice', options: ['warm', 'dry'] },
  ],
  initial: { who: '', count: '2', tone: 'warm' },
};

/** Types these lines, then ends the input, and answers as core does. */
async function fill(lines: readonly (string | null)[], asked: RunForm = form, isThere = true) {
  const called: [string, unknown][] = [];
  const questions: string[] = [];
  const told: string[] = [];
  const request = async (name: string, input: { readonly answers?: Record<string, string> }) => {
    called.push([name, input.answers]);
    try {
      if (name === 'run.fill') readAnswers(asked.fields, input.answers ?? {});
      return { ok: true };
    } catch (error) {
      return { ok: false, error: toErrorShape(error as AppError) };
    }
  };
  const input = {
    session: { client: { request } } as unknown as CommandInput['session'],
    terminal: new Terminal({ write: () => true }, { isTTY: true, write: (text) => told.push(text) }),
    words: createCliWords({ LANG: 'C', BECKON_PROFILE: '/nonexistent' }),
  };
  const left = [...lines];
  await fillForm(input, 'r-1', asked, {
    canAsk: () => isThere,
    askLine: async (_terminal, question) => {
      questions.push(question);
      return left.shift() ?? null;
    },
  });
  return { called, questions, told: told.join('') };
}

describe('a form at the terminal', () => {
  it('is asked field by field; an empty line takes what stands there, and a label moves no cursor', async () => {
    const { called, questions } = await fill(['Ada', '', 'dry']);
    expect(called).toEqual([['run.fill', { who: 'Ada', count: '2', tone: 'dry' }]]);
    expect(questions.slice(1)).toEqual(['How many [2]: ', 'Tone (warm / dry) [warm]: ']);
    expect(questions[0]).not.toContain('\u001b');
  });

  it('is asked again where a number is none, which is said by its label', async () => {
    const { called, told } = await fill(['Ada', 'two', '', 'Ada', '3', '']);
    expect(told).toMatch(/“How many” takes a number/);
    expect(called.map(([, answers]) => answers)).toEqual([
      { who: 'Ada', count: 'two', tone: 'warm' },
      { who: 'Ada', count: '3', tone: 'warm' },
    ]);
  });

  // What stood there at first was taken, and where that was no number the same was asked for ever.
  it('stops by Ctrl+D at any field, also where what stands there cannot be taken', async () => {
    const [who, , tone] = form.fields;
    const broken = { ...form, fields: [who, { ...form.fields[1], usual: 'many' }, tone] as RunForm['fields'] };
    for (const lines of [[], ['Ada'], ['Ada', '5'], ['Ada', 'two', 'dry']]) {
      const { called } = await fill(lines, { ...broken, initial: { ...form.initial, count: 'many' } });
      expect(called.at(-1)?.[0]).toBe('run.cancel');
      expect(called.length).toBeLessThanOrEqual(2);
    }
  });

  it('stops where a field stays empty, and where nobody is there, and says so', async () => {
    const empty = await fill(['', '', '']);
    expect(empty.called.map(([name]) => name)).toEqual(['run.fill', 'run.cancel']);
    expect(empty.told).toContain('still empty');
    const nobody = await fill([], form, false);
    expect(nobody.called.map(([name]) => name)).toEqual(['run.cancel']);
    expect(nobody.told).not.toBe('');
  });
});
