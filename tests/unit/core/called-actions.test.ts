import { describe, expect, it } from 'vitest';
import type { ChainFile } from '../../../contract/atom.ts';
import { answersSchema, formFieldSchema } from '../../../contract/atom-forms.ts';
import type { Step } from '../../../contract/atom-steps.ts';
import { answerBySteps } from '../../../core/answers/by-steps.ts';
import { isKnownLater } from '../../../core/answers/chain-means.ts';
import { Forms } from '../../../core/answers/forms.ts';
import { fieldsOf, fillAnswers, readAnswers } from '../../../core/steps/answers.ts';
import { expandSteps } from '../../../core/steps/expand.ts';
import { labelOf, planLabels } from '../../../core/steps/labels.ts';
import { planSteps } from '../../../core/steps/plan-steps.ts';
import { requireHonest, touchesOf, widenedBy } from '../../../core/steps/touches.ts';

const both = (text: string) => ({ en: text, 'zh-CN': text });
const file = (id: string, steps: readonly Step[], more: Partial<ChainFile> = {}): ChainFile =>
  ({ atom: 2, id, name: both(id), input: 'selection', output: 'show', steps, ...more }) as ChainFile;
const call = (action: string, more: object = {}): Step => ({ do: 'call', action, ...more }) as Step;
const prompt: Step = { do: 'prompt', prompt: both('Say it shorter.') };

const expand = (steps: readonly Step[], files: readonly ChainFile[], id = 'outer') => {
  const find = (wanted: string) => {
    const found = files.find((one) => one.id === wanted);
    return found === undefined ? null : { file: found, hash: `${wanted}-hash` };
  };
  return expandSteps(id, steps, { find, language: 'zh-CN' });
};
const codeOf = (work: () => unknown) => {
  try {
    work();
    return null;
  } catch (error) {
    const { code, values } = error as { code?: string; values?: object };
    return { code, ...(error as { detail?: { values?: object } }).detail?.values, ...values };
  }
};

describe('an action that another one calls', () => {
  it('is done in the place of the call, and makes a text', () => {
    const numbers = file('numbers', [
      { do: 'extract', what: 'numbers' },
      { do: 'sort', by: 'number' },
    ]);
    const made = expand([{ do: 'case', to: 'lower' }, call('numbers'), { do: 'case', to: 'upper' }], [numbers]);
    expect(made.steps.map((step) => step.do)).toEqual(['case', 'extract', 'sort', 'join', 'case']);
    expect(made.places).toEqual([0, 1, 1, 1, 2]);
    expect(planSteps(made.steps)).toMatchObject({ types: ['text', 'list', 'list', 'text', 'text'] });
  });

  it('leaves out what is switched off, on either side', () => {
    const quiet = file('quiet', [{ ...prompt, off: true } as Step, { do: 'case', to: 'upper' }]);
    expect(expand([call('quiet')], [quiet]).steps).toEqual([{ do: 'case', to: 'upper' }]);
    expect(expand([call('gone', { off: true })], []).steps).toHaveLength(1);
  });

  it('never leads back to itself, by whatever way', () => {
    const a = file('a', [call('b')]);
    const b = file('b', [call('a')]);
    expect(codeOf(() => expand([call('b')], [a, b], 'a'))).toMatchObject({ code: 'step/call-circle' });
    expect(codeOf(() => expand([call('a')], [a, b]))).toMatchObject({ code: 'step/call-circle', step: 1 });
    expect(codeOf(() => expand([call('outer')], [file('outer', [])]))).toMatchObject({ code: 'step/call-circle' });
  });

  it('does not call others without end, nor many at once', () => {
    const line = Array.from({ length: 9 }, (_, at) => file(`n${at}`, [call(`n${at + 1}`)]));
    expect(codeOf(() => expand([call('n0')], line))).toMatchObject({ code: 'step/call-too-deep' });
    // Each level calls the next fifty times: three hundred million calls, were they not counted.
    const wide = Array.from({ length: 5 }, (_, at) =>
      file(`w${at}`, at === 4 ? [{ do: 'unique', off: true }] : Array.from({ length: 50 }, () => call(`w${at + 1}`))),
    );
    const startedAt = performance.now();
    expect(codeOf(() => expand([call('w0')], wide))).toMatchObject({ code: 'step/call-too-deep' });
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });

  it.each([
    [[prompt], 'model'],
    [[{ do: 'translate', to: 'en' }], 'model'],
    [[{ do: 'open-link' }], 'open'],
    [[{ do: 'append-file', file: 'a.md' }], 'write'],
    [[{ do: 'new-file', file: 'a.md' }], 'write'],
    [[{ do: 'notify' }], 'notify'],
  ] as const)('that does %o is refused where its step does not allow it', (steps, right) => {
    const inner = file('inner', steps as readonly Step[]);
    const refused = { code: 'step/call-does-more', context: right };
    expect(codeOf(() => expand([call('inner')], [inner]))).toMatchObject(refused);
    expect(codeOf(() => expand([call('inner', { may: [right] })], [inner]))).toBeNull();
    // One in between that says less than it leads to is refused, too.
    const between = file('between', [call('inner')]);
    expect(codeOf(() => expand([call('between', { may: [right] })], [inner, between]))).toMatchObject(refused);
    const honest = file('between', [call('inner', { may: [right] })]);
    expect(codeOf(() => expand([call('between')], [inner, honest]))).toMatchObject(refused);
  });

  it('is another one once it was changed, where its hash is named', () => {
    const inner = file('inner', [{ do: 'case', to: 'upper' }]);
    expect(codeOf(() => expand([call('inner', { hash: 'inner-hash' })], [inner]))).toBeNull();
    expect(codeOf(() => expand([call('inner', { hash: 'f'.repeat(64) })], [inner]))).toMatchObject({
      code: 'step/call-changed',
    });
    expect(codeOf(() => expand([call('inner')], []))).toMatchObject({ code: 'step/call-gone', name: 'inner' });
  });

  it('keeps its word that its questions stay on this machine', () => {
    const here = file('here', [prompt], { permissions: { model: 'here' } });
    expect(expand([call('here', { may: ['model'] })], [here]).staysHere).toBe(true);
    const between = file('between', [call('here', { may: ['model'] })]);
    expect(expand([call('between', { may: ['model'] })], [here, between]).staysHere).toBe(true);
  });

  it('has labels as if its steps stood there', () => {
    const inner = file('inner', [prompt]);
    const { steps } = expand([call('inner', { may: ['model'] }), { do: 'append-file', file: 'a.md' }], [inner]);
    const to = { host: 'api.example.org', name: 'x', place: 'outside', training: 'may' } as const;
    const plan = planLabels({ steps, output: 'show', first: { ...labelOf('selection'), reach: 'here' }, to });
    expect(plan.edges.map(({ sink, verdict }) => [sink, verdict])).toEqual([
      ['send', 'breaks'],
      ['append', 'goes'],
    ]);
    expect(plan.labels.at(-1)?.from).toEqual(['selection', 'model', 'atom']);
  });

  it('is told before it is added, and asked about where an update calls more', () => {
    const before = touchesOf(file('x', [call('a')]));
    expect(before).toMatchObject({ calls: ['a'], model: 'none', opens: false, adds: [] });
    const after = touchesOf(file('x', [call('a', { may: ['model', 'write', 'open', 'notify'] }), call('b')]));
    expect(after).toMatchObject({
      calls: ['a', 'b'],
      model: 'any',
      opens: true,
      notifies: true,
      adds: ['*'],
    });
    expect(widenedBy(before, after)).toEqual(['model', 'server', 'open', 'notify', 'add', 'call']);
    const liar = file('x', [call('a', { may: ['write'] })], { permissions: { write: 'nothing' } });
    expect(() => requireHonest(liar, 'x')).toThrow();
    const other = file('x', [call('a', { may: ['model'] })], { permissions: { model: 'none' } });
    expect(() => requireHonest(other, 'x')).toThrow();
  });
});

describe('a translation', () => {
  it('is a question to a model, in the language that the person reads or the file names', () => {
    const [own, french] = expand(
      [
        { do: 'translate', to: 'person' },
        { do: 'translate', to: 'fr', each: true },
      ],
      [],
    ).steps;
    expect(own).toMatchObject({ do: 'prompt', prompt: { en: expect.stringContaining('Simplified Chinese') } });
    expect(french).toMatchObject({ do: 'prompt', each: true, prompt: { 'zh-CN': expect.stringContaining('法文') } });
  });
});

const fields = [
  { name: 'who', label: both('Who'), type: 'text' },
  { name: 'count', label: both('How many'), type: 'number', usual: '2' },
  { name: 'day', label: both('When'), type: 'date', usual: 'today' },
  { name: 'tone', label: both('Tone'), type: 'choice', options: ['warm', 'dry'] },
  { name: 'note', label: both('Note'), type: 'text', optional: true },
] as const;
const ask: Step = { do: 'ask', fields };
const good = { who: ' Ada ', count: '1,250.5', day: '2026年5月4日', tone: 'dry', note: '' };

describe('what a person is asked', () => {
  it('is taken by its type, and else refused by the name of its field', () => {
    expect(readAnswers(fields, good)).toEqual({
      who: 'Ada',
      count: '1250.5',
      day: '2026-05-04',
      tone: 'dry',
      note: '',
    });
    const refused = (more: object) => codeOf(() => readAnswers(fields, { ...good, ...more }));
    expect(refused({ who: '  ' })).toMatchObject({ code: 'step/form-empty', field: 'who' });
    for (const wrong of ['two', '1e9', '0x10', 'NaN', '9'.repeat(61)])
      expect(refused({ count: wrong })).toMatchObject({ code: 'step/form-wrong', field: 'count' });
    for (const wrong of ['2026-02-30', 'tomorrow', '2026-05-04 and 2026-05-05'])
      expect(refused({ day: wrong })).toMatchObject({ code: 'step/form-wrong', field: 'day' });
    expect(refused({ tone: 'other' })).toMatchObject({ code: 'step/form-wrong', field: 'tone' });
  });

  // Every object has something of that name, which was taken for the answer.
  it('is still empty where nothing came for a field, whatever its name', () => {
    const one = { name: 'constructor', label: both('Builder'), type: 'text' } as const;
    expect(codeOf(() => readAnswers([one], {}))).toMatchObject({ code: 'step/form-empty', field: 'constructor' });
    expect(readAnswers([{ ...one, optional: true }], {})).toEqual({ constructor: '' });
    expect(readAnswers([one], { constructor: 'Ada', gone: 'x' })).toEqual({ constructor: 'Ada' });
  });

  it('that comes from a page has names of fields, texts of a length, and nothing else', () => {
    for (const hostile of [
      { who: 5 },
      { who: 'x'.repeat(4001) },
      { 'A b': 'x' },
      { text: 'x' },
      JSON.parse('{"__proto__":"x"}'),
      [],
      null,
    ])
      expect(answersSchema.safeParse(hostile).data ?? {}).toEqual({});
    expect(answersSchema.safeParse({ who: 'x'.repeat(4000) }).success).toBe(true);
  });

  it('has a choice that can be chosen at first', () => {
    const choice = { name: 'tone', label: both('Tone'), type: 'choice', options: ['warm', 'dry'] };
    expect(formFieldSchema.safeParse({ ...choice, usual: 'dry' }).success).toBe(true);
    expect(formFieldSchema.safeParse({ ...choice, usual: 'cold' }).success).toBe(false);
  });

  it('makes what is sent known later only where somebody is asked', () => {
    const used = (steps: readonly Step[]) => isKnownLater({ steps } as never);
    expect([used([ask, prompt]), used([{ ...ask, off: true } as Step, prompt]), used([prompt])]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('is filled in once: what it says is no name of another', () => {
    expect(fillAnswers('{a} {b} {text} {gone}', { a: '{b}{text}', b: 'B' })).toBe('{b}{text} B {text} {gone}');
    expect(fillAnswers('{constructor}', { a: '' })).toBe('{constructor}');
  });

  const run = async (steps: readonly Step[], askForm: Parameters<typeof answerBySteps>[0]['askForm']) => {
    const signal = new AbortController().signal;
    const tools = { language: 'en', now: new Date(2026, 10, 30), plainOf: (text: string) => text } as const;
    const parts = [];
    const work = { steps, output: 'show', text: 'Hello', answerId: 'a', tools, signal, onPlan: () => {} } as const;
    const askModel = () => Promise.reject(new Error('no model'));
    const asked = askForm === undefined ? {} : { askForm };
    for await (const part of answerBySteps({ ...work, askModel, ...asked })) parts.push(part);
    return parts;
  };
  const template: Step = { do: 'template', text: both('{text} {who}: {count} on {day} ({tone}){note}') };

  it('is in the steps behind, and made up where nobody can be asked', async () => {
    const parts = await run([ask, template], async (asked) => readAnswers(asked, good));
    expect(parts[0]).toEqual({ type: 'text-delta', text: 'Hello Ada: 1250.5 on 2026-05-04 (dry)' });
    expect((await run([ask, template], undefined))[0]).toMatchObject({ text: 'Hello [Who]: 2 on 2026-11-30 (warm)' });
  });

  it('is asked before anything is done, and nothing is where that is stopped', async () => {
    const parts = await run([{ do: 'when', has: 'never there' }, ask], async () => null);
    expect(parts.at(-1)).toEqual({ type: 'aborted' });
    expect(parts.some(({ type }) => type === 'text-delta' || type === 'failure')).toBe(false);
  });

  it('waits for its own form alone, and waits on after what cannot be taken', async () => {
    const forms = new Forms();
    const told: unknown[] = [];
    forms.onChange((_, form) => told.push(form?.fields.length ?? null));
    const stop = new AbortController();
    const said = forms.ask('a', fieldsOf([ask, ask]), stop.signal);
    expect(() => forms.fill('a', 'another', good)).toThrow();
    expect(() => forms.fill('b', 'another', good)).toThrow();
    stop.abort();
    expect(await said).toBeNull();
    expect(told).toEqual([5, null]);
  });

  it('names the step of the file, whatever that was made into', async () => {
    const parts = [];
    const tools = { language: 'en', now: new Date(), plainOf: (text: string) => text } as const;
    const work = {
      output: 'show',
      text: 'no link',
      answerId: 'a',
      tools,
      onPlan: () => {},
      places: [0, 0, 2],
    } as const;
    const deeds = { openLink: async () => true } as never;
    const steps: readonly Step[] = [{ do: 'case', to: 'upper' }, { do: 'case', to: 'lower' }, { do: 'open-link' }];
    const askModel = () => Promise.reject(new Error('no model'));
    const signal = new AbortController().signal;
    for await (const part of answerBySteps({ ...work, steps, deeds, askModel, signal })) parts.push(part);
    expect(parts.at(-1)).toMatchObject({ error: { code: 'step/not-a-link', values: { step: 3 } } });
  });
});
