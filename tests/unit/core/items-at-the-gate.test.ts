import { afterEach, expect, it } from 'vitest';
import type { Step } from '../../../contract/atom-steps.ts';
import { AppError } from '../../../contract/errors.ts';
import { noteCalls } from '../../../core/answers/asked-model.ts';
import { answerBySteps } from '../../../core/answers/by-steps.ts';
import type { PlanPart } from '../../../core/answers/plans/plan.ts';
import type { Budget } from '../../../core/sending/budget.ts';
import { collect } from '../../support/asked-question.ts';
import { answersHello, Gate } from '../../support/gate.ts';

let gate: Gate;
afterEach(() => gate.stop());

/** A budget that has room for so many prompts at the same time, each of which is given back at its end. */
function roomFor(most: number): { readonly budget: Budget; readonly taken: number[] } {
  let held = 0;
  const taken: number[] = [];
  const budget: Budget = {
    reserve: () => {
      if (held === most)
        throw new AppError('budget/exceeded', 'no more', { values: { limit: '1', model: 'm', used: '1' } });
      held += 1;
      taken.push(held);
      return {
        settle: () => {
          held -= 1;
          return null;
        },
      };
    },
  };
  return { budget, taken };
}

async function askFour(atOnce: number) {
  const modelId = gate.add('nas.lan');
  const model = gate.servers.model(modelId, null);
  if (model === null || model === undefined) throw new Error('there is no model');
  const steps: readonly Step[] = [
    { do: 'split', at: 'lines' },
    { do: 'prompt', prompt: { en: 'Say it.', 'zh-CN': '说。' }, each: true },
    { do: 'join', with: ',' },
  ];
  const asked = noteCalls({ ...model, capabilities: { ...model.capabilities, atOnce } }, () => {});
  const work = {
    ...({ steps, text: 'a\nb\nc\nd', output: 'show', answerId: 'a', signal: new AbortController().signal } as const),
    ...{ tools: { language: 'en' as const, now: new Date(), plainOf: (one: string) => one }, onPlan: () => {} },
    askModel: () => Promise.resolve({ model: asked, sampling: { temperature: 0 } }),
  };
  const parts = await collect<PlanPart>(answerBySteps(work));
  return { end: parts.at(-1), text: parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('') };
}

it('has each of several questions pass the gate for itself, with a receipt and a reservation before it leaves', async () => {
  const { budget, taken } = roomFor(4);
  gate = await Gate.start({ budget });
  const waiting: (() => void)[] = [];
  // None is answered before all four have come.
  gate.answer = (response) => {
    waiting.push(() => answersHello(response));
    if (waiting.length === 4) for (const answer of waiting) answer();
  };
  expect(await askFour(4)).toEqual({ text: 'Hello.,Hello.,Hello.,Hello.', end: { type: 'finish', reason: 'stop' } });
  expect(taken).toEqual([1, 2, 3, 4]);
  expect(gate.entries().map(({ state }) => state)).toEqual(['arrived', 'arrived', 'arrived', 'arrived']);
});

it('sends nothing that its budget has no room for beside those that are under way, and ends them', async () => {
  const { budget, taken } = roomFor(2);
  gate = await Gate.start({ budget });
  gate.answer = () => {};
  expect(await askFour(4)).toMatchObject({ text: '', end: { type: 'failure', error: { code: 'budget/exceeded' } } });
  expect(taken).toEqual([1, 2]);
  await expect.poll(() => gate.entries().every(({ state }) => state === 'cancelled')).toBe(true);
  expect(gate.entries().length).toBeLessThanOrEqual(2);
});
