import { describe, expect, it } from 'vitest';
import type { TrialPart } from '../../../contract/atom-edit.ts';
import type { ModelPart } from '../../../contract/engine.ts';
import { defaultSettings } from '../../../contract/settings.ts';
import { composeTrials, type TrialNeeds } from '../../../core/compose/trials.ts';
import { Drafts } from '../../../core/drafts.ts';
import { Leave, type LeaveOptions } from '../../../core/rules/leave.ts';
import { noRuling } from '../../../core/rules/match-rules.ts';
import { collect, ends, says } from '../../support/asked-question.ts';

const both = (text: string) => ({ en: text, 'zh-CN': text });
const elsewhere = { host: 'api.deepseek.com', place: 'outside', serverId: 's' } as const;
const file = {
  ...{ atom: 2, id: 'sum', name: both('Sum'), input: 'selection', output: 'show' },
  steps: [
    { do: 'case', to: 'upper' },
    { do: 'prompt', prompt: both('Sum it up.') },
  ],
};

/** A trial with a server elsewhere: what the gate says of its prompt, and what the trial told. */
async function attempt(atom: object, options: Partial<LeaveOptions<typeof elsewhere>> = {}) {
  const drafts = new Drafts();
  const seen: string[] = [];
  const leave = new Leave<typeof elsewhere>({
    rules: { refresh: () => null, state: { value: { list: [{}], revision: 1 } }, rulingOf: () => noRuling } as never,
    settings: () => defaultSettings,
    chatOf: (id) => drafts.find(id) ?? expect.fail('nothing is known of the trial'),
    hashOf: () => '',
    trainingOf: () => 'may',
    ...options,
  });
  const find = async (modelId: string | null, answerId: string | null) => ({
    sampling: { temperature: 0 },
    model: {
      identity: { id: modelId ?? '', name: 'Far', where: 'server', host: elsewhere.host },
      capabilities: { jsonSchema: false },
      async *generate(input: { messages: readonly { text: string }[] }): AsyncGenerator<ModelPart> {
        const asked = { purpose: 'answer', to: elsewhere, messageId: answerId } as const;
        leave.requireMayLeave(asked);
        leave.isShown(asked, input as never);
        for (const { text } of drafts
          .find(answerId ?? '')
          ?.attachments.values()
          .next().value ?? [])
          seen.push(text);
        yield says('Said.');
        yield ends;
      },
    },
  });
  const needs = {
    models: { find, exists: async () => true, chosenId: async () => 'far' },
    servers: {
      served: () => ({
        server: { id: 's', address: 'https://api.deepseek.com/v1', label: '', models: ['far'], provider: 'deepseek' },
      }),
    },
    drafts,
    expand: (_: string, steps: readonly unknown[]) => ({
      steps,
      places: steps.map((_one, at) => at),
      staysHere: false,
    }),
  } as unknown as TrialNeeds;
  const { tried } = composeTrials({ host: { settings: () => defaultSettings } as never }, needs);
  const input = { text: JSON.stringify(atom), sample: 'a word', from: 0, given: null, asksModel: true, modelId: 'far' };
  const parts = await collect<TrialPart>(tried(input, new AbortController().signal));
  return { parts, seen, drafts };
}

const failureIn = (parts: readonly TrialPart[]) => parts.find((part) => part.type === 'step-failed')?.error.code;

describe('a trial of an action that asks a server elsewhere', () => {
  it('is asked as a question about its sample is, and leaves nothing behind', async () => {
    const { parts, seen, drafts } = await attempt(file);
    expect(parts.at(-1)).toMatchObject({ type: 'step-made', step: 1, host: elsewhere.host });
    expect(seen).toEqual(['a word']);
    const [id = ''] = parts.map((part) => JSON.stringify(part)).filter((part) => part.includes('trial-'));
    expect(drafts.find(id)).toBe(null);
  });

  it('is kept here by the rules that hold of its sample', async () => {
    const rules = {
      ...{ refresh: () => null, state: { value: { list: [{}], revision: 1 } } },
      rulingOf: (pieces: readonly { kind: string; text: string }[]) =>
        pieces.some(({ kind, text }) => kind === 'selection' && text === 'a word')
          ? { ...noRuling, neverLeaves: 'a rule' }
          : noRuling,
    };
    const { parts, seen } = await attempt(file, { rules: rules as never });
    expect([failureIn(parts), seen]).toEqual(['rules/never-leaves', []]);
  });

  it('is not sent unseen where everything is to be shown first', async () => {
    const { parts, seen } = await attempt(file, { settings: () => ({ ...defaultSettings, showFirst: 'all' }) });
    expect([failureIn(parts), seen]).toEqual(['sending/not-shown', []]);
  });

  it('goes nowhere where the file itself says that models of this machine alone are asked', async () => {
    const { parts, seen } = await attempt({ ...file, permissions: { model: 'here' } });
    expect([failureIn(parts), seen]).toEqual(['step/label-send', []]);
  });
});
