import { describe, expect, it } from 'vitest';
import type { Step } from '../../../contract/atom-steps.ts';
import type { Label, Recipient } from '../../../contract/label.ts';
import { answerBySteps } from '../../../core/answers/by-steps.ts';
import type { PlanPart } from '../../../core/answers/plans/plan.ts';
import { labelOf } from '../../../core/steps/labels.ts';
import { collect, ends, says, scriptedModel } from '../../support/asked-question.ts';

const both = (text: string) => ({ en: text, 'zh-CN': text });
const ask: Step = { do: 'prompt', prompt: both('Which page?') };
const open: Step = { do: 'open-link' };
const add: Step = { do: 'append-file', file: 'notes.md' };
const server: Recipient = { host: 'api.example.com', name: 'Example', place: 'outside', training: 'may' };
const selection = labelOf('selection');

interface Given {
  readonly steps: readonly Step[];
  readonly label?: Label;
  readonly text?: string;
  readonly answers?: readonly string[];
  readonly agrees?: boolean;
  /** Who is asked in fact; the plan knows of `planned`. */
  readonly to?: Recipient;
  readonly planned?: Recipient | null;
}

async function run({ steps, label = selection, text = 'north', answers = [], agrees = true, ...who }: Given) {
  const { model, asked } = scriptedModel(answers.map((answer) => [says(answer), ends]));
  const deeds: string[] = [];
  const { to = null, planned = to } = who;
  const parts = await collect<PlanPart>(
    answerBySteps({
      ...({ steps, text, label, output: 'show', answerId: 'a', signal: new AbortController().signal } as const),
      ...{ tools: { language: 'en' as const, now: new Date(), plainOf: (one: string) => one }, onPlan: () => {} },
      askModel: () => Promise.resolve({ model, sampling: { temperature: 0 }, ...(to === null ? {} : { to }) }),
      wouldAsk: () => Promise.resolve(planned),
      deeds: {
        openLink: async (url) => deeds.push(`asked to open ${url}`) > 0 && agrees,
        append: async (file, added, asks) =>
          deeds.push(`${asks ? 'asked' : 'granted'} to add ${added} to ${file}`) > 0 && agrees,
        create: async (file, added, asks) =>
          deeds.push(`${asks ? 'asked' : 'granted'} to write ${added} into ${file}`) > 0 && agrees,
        notify: async (told, asks) => deeds.push(`${asks ? 'asked' : 'granted'} to tell ${told}`) > 0 && agrees,
      },
    }),
  );
  const shown = parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('');
  return { deeds, asked: asked.length, end: parts.at(-1), shown };
}

describe('a chain whose values carry labels', () => {
  it.each<[string, Label, string]>([
    ['what stays here', { ...selection, reach: 'here' }, 'here'],
    ['what nobody may learn from', { ...selection, reach: 'untrained' }, 'untrained'],
  ])(
    'is not begun where a step would send %s: nothing of it is done, and the step is named',
    async (_, label, context) => {
      const { deeds, asked, end } = await run({ steps: [add, ask], label, to: server });
      expect({ deeds, asked }).toEqual({ deeds: [], asked: 0 });
      expect(end).toMatchObject({
        ...{ type: 'failure' },
        error: { code: 'step/label-send', values: { step: 2, host: 'api.example.com', context } },
      });
    },
  );

  it('is held back when the model turns out to be another one than was planned', async () => {
    const label: Label = { ...selection, reach: 'here' };
    const planned: Recipient = { host: null, name: '', place: 'this-machine', training: 'no' };
    const run2 = run({ steps: [ask, add], label, to: server, planned, answers: ['x'] });
    await expect(run2).rejects.toMatchObject({ code: 'step/label-send' });
  });

  it('opens no link of what stays here, whatever the person would say', async () => {
    const label: Label = { ...selection, reach: 'here' };
    const { deeds, end } = await run({ steps: [add, open], label, text: 'https://example.org' });
    expect(deeds).toEqual([]);
    expect(end).toMatchObject({ type: 'failure', error: { code: 'step/label-open', values: { step: 2 } } });
  });

  it('asks about each link, and ends there where the person says no', async () => {
    const given = { steps: [ask, open, add], answers: ['https://evil.example/'] };
    const refused = await run({ ...given, agrees: false });
    expect(refused.deeds).toEqual(['asked to open https://evil.example/']);
    expect(refused.end).toMatchObject({ type: 'failure', error: { code: 'step/not-agreed', values: { step: 2 } } });
    expect((await run(given)).deeds).toEqual([
      'asked to open https://evil.example/',
      'granted to add https://evil.example/ to notes.md',
    ]);
  });

  it('asks anew about a file where a text from outside decided that it is added to', async () => {
    const when: Step = { do: 'when', has: 'yes' };
    const given = { answers: ['yes'], agrees: true };
    expect((await run({ ...given, steps: [ask, when, add] })).deeds).toEqual(['asked to add yes to notes.md']);
    expect((await run({ ...given, steps: [ask, add] })).deeds).toEqual(['granted to add yes to notes.md']);
    const write: Step = { do: 'new-file', file: 'Note {date}.md' };
    expect((await run({ ...given, steps: [ask, when, write] })).deeds).toEqual([
      'asked to write yes into Note {date}.md',
    ]);
    expect((await run({ ...given, steps: [ask, write] })).deeds).toEqual(['granted to write yes into Note {date}.md']);
    const tell: Step = { do: 'notify' };
    expect((await run({ ...given, steps: [ask, when, tell] })).deeds).toEqual(['asked to tell yes']);
    expect((await run({ ...given, steps: [ask, tell] })).deeds).toEqual(['granted to tell yes']);
    const own = { steps: [when, add], text: 'yes', label: labelOf('words') };
    expect((await run(own)).deeds).toEqual(['granted to add yes to notes.md']);
  });

  it('ends at a condition that does not hold, with nothing shown of what came before', async () => {
    const { deeds, end, shown } = await run({ steps: [{ do: 'when', has: 'south' }, add] });
    expect({ deeds, shown }).toEqual({ deeds: [], shown: '' });
    expect(end).toMatchObject({ type: 'failure', error: { code: 'step/not-so', values: { words: 'south' } } });
  });
});
