import { describe, expect, it } from 'vitest';
import { type Step, stepSchema } from '../../../contract/atom-steps.ts';
import { type Label, originSchema, type Recipient, reaches } from '../../../contract/label.ts';
import {
  joinLabels,
  judgeEdge,
  labelAfter,
  labelOf,
  labelsAlong,
  mayReach,
  noLabel,
  planLabels,
} from '../../../core/steps/labels.ts';
import { stepKinds } from '../../../core/steps/step-kinds.ts';

const both = (text: string) => ({ en: text, 'zh-CN': text });
const ask: Step = { do: 'prompt', prompt: both('Sum it up.') };
const selection = labelOf('selection');
const kept: Label = { ...selection, reach: 'here' };
const untrained: Label = { ...selection, reach: 'untrained' };
const here: Recipient = { host: null, name: 'Qwen', place: 'this-machine', training: 'no' };
const trains: Recipient = { host: 'api.example.com', name: 'Example', place: 'outside', training: 'may' };
const asksNot: Recipient = { ...trains, training: 'no' };
const untold: Recipient = { ...trains, training: 'unknown' };

/** One step of each kind, filled in as forms would. */
const asked = [{ name: 'x', label: both('x'), type: 'text' }];
const everyKind = stepKinds().map(({ do: name, fields }) => {
  const value = {
    text: 'x',
    pattern: 'x',
    both: both('x'),
    switch: true,
    choice: '',
    choices: [],
    action: 'x',
    form: asked,
  };
  const filled = fields.map(({ name: field, kind, options }) => {
    if (field === 'file') return [field, 'notes.md'];
    if (kind === 'text' && field === 'by') return [field, '1'];
    return [field, kind === 'choice' ? options[0] : kind === 'choices' ? [...options] : value[kind]];
  });
  return stepSchema.parse({ do: name, ...Object.fromEntries(filled) });
});
const labels = reaches.flatMap((reach) => originSchema.options.map((origin): Label => ({ ...labelOf(origin), reach })));

describe('labels of values', () => {
  it('are a lattice: joining is the same in any order and grouping, twice is once, and nothing changes nothing', () => {
    for (const a of labels)
      for (const b of labels) {
        expect(joinLabels(a, b)).toEqual(joinLabels(b, a));
        expect(joinLabels(a, joinLabels(a, b))).toEqual(joinLabels(a, b));
        expect(joinLabels(joinLabels(a, b), selection)).toEqual(joinLabels(a, joinLabels(b, selection)));
      }
    expect(labels.map((label) => joinLabels(label, noLabel))).toEqual(labels);
  });

  it('are lost in no kind of step: what comes out of one is held back as much as what came in', () => {
    expect(everyKind.length).toBe(stepSchema.options.length);
    for (const step of everyKind)
      for (const label of labels) {
        const after = labelAfter(step, label);
        expect(joinLabels(after, label), step.do).toEqual(after);
      }
  });

  it('say of what a model wrote that it is from outside, also where only the person’s words went in', () => {
    expect(labelAfter(ask, labelOf('words'))).toEqual({
      ...{ from: ['words', 'model', 'atom'], outside: true, reach: 'anywhere' },
    });
  });

  it('pass a step that is switched off as if it were not there', () => {
    expect(labelsAlong([{ ...ask, off: true }, null], selection)).toEqual([selection, selection, selection]);
  });
});

describe('edges that labels are judged at', () => {
  it.each<[string, Label, Recipient, boolean]>([
    ['what is free may go anywhere', selection, trains, true],
    ['what stays here may go to a model of this machine', kept, here, true],
    ['what stays here may go to no server', kept, asksNot, false],
    ['what nobody may learn from may go to who says so', untrained, asksNot, true],
    ['what nobody may learn from may not go to who may', untrained, trains, false],
    ['what nobody may learn from may not go where nobody says', untrained, untold, false],
  ])('%s', (_, label, to, may) => {
    expect(mayReach(label.reach, to)).toBe(may);
    expect(judgeEdge('send', label, { to, decided: false })).toBe(may ? 'goes' : 'breaks');
  });

  it('have a link opened by no text without a question, and never by one that stays here', () => {
    const around = { to: null, decided: false };
    for (const label of labels)
      expect(judgeEdge('open', label, around)).toBe(label.reach === 'anywhere' ? 'asks' : 'breaks');
  });

  it('have a file added to without a question only where no text of others decided that', () => {
    const steps: readonly Step[] = [
      { do: 'when', has: 'invoice' },
      { do: 'append-file', file: 'notes.md' },
    ];
    const verdictsOf = (first: Label, given = steps) =>
      planLabels({ steps: given, output: 'show', first, to: null }).edges.map(({ sink, verdict }) => [sink, verdict]);
    expect(verdictsOf(selection, steps.slice(1))).toEqual([['append', 'goes']]);
    expect(verdictsOf(selection)).toEqual([
      ['decide', 'goes'],
      ['append', 'asks'],
    ]);
    expect(verdictsOf(labelOf('words'))).toEqual([
      ['decide', 'goes'],
      ['append', 'goes'],
    ]);
    expect(verdictsOf(labelOf('words'), [ask, ...steps])).toEqual([
      ['send', 'goes'],
      ['decide', 'goes'],
      ['append', 'asks'],
    ]);
  });

  it('have nothing told by a notification without a question of what stays here, or where a text of others decided it', () => {
    const verdictOf = (first: Label, steps: readonly Step[]) =>
      planLabels({ steps, output: 'show', first, to: null }).edges.find(({ sink }) => sink === 'notify')?.verdict;
    const tell: Step = { do: 'notify' };
    expect(verdictOf(selection, [tell])).toBe('goes');
    expect(verdictOf(kept, [tell])).toBe('asks');
    expect(verdictOf(selection, [{ do: 'when', has: 'invoice' }, tell])).toBe('asks');
    expect(verdictOf(labelOf('words'), [{ do: 'when', has: 'invoice' }, tell])).toBe('goes');
  });

  it('are named by their step: the one that breaks is found before anything is done', () => {
    const steps: readonly Step[] = [{ do: 'split', at: 'lines' }, { do: 'join' }, ask];
    const plan = planLabels({ steps, output: 'replace', first: kept, to: trains });
    expect(plan.edges.map(({ step, sink, verdict }) => ({ step, sink, verdict }))).toEqual([
      { step: 2, sink: 'send', verdict: 'breaks' },
      { step: 3, sink: 'write', verdict: 'asks' },
    ]);
    expect(plan.to).toEqual(trains);
    expect(planLabels({ steps: steps.slice(0, 2), output: 'show', first: kept, to: trains }).to).toBeNull();
  });
});
