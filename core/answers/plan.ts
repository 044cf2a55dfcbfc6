import type { AskedModel } from './asked-model.ts';
import { hasShortWindow, isLongEarlierText, namesPages } from './asked-texts.ts';
import { cannotContinue } from './ends.ts';
import { parts } from './plans/parts.ts';
import { passages } from './plans/passages.ts';
import type { Misfit, Plan, PlanPart } from './plans/plan.ts';
import { whole } from './plans/whole.ts';
import { withoutEarlierTexts } from './plans/without-earlier-texts.ts';
import type { Question } from './question.ts';

const plans = { whole, passages, parts, 'without-earlier-texts': withoutEarlierTexts } as const satisfies Record<
  string,
  Plan
>;
export type PlanName = keyof typeof plans;

/** Why a plan is chosen. */
export type Reason =
  | 'pages-are-named'
  | 'earlier-text-is-long'
  | 'may-fit'
  | 'earlier-texts-are-lost'
  | 'whole-is-too-long'
  | 'own-text-is-too-long'
  | 'earlier-texts-are-too-long';

export interface Choice {
  readonly plan: PlanName;
  readonly reason: Reason;
}

/** What a plan is chosen by. */
interface Situation {
  readonly question: Question;
  readonly model: Pick<AskedModel, 'capabilities'>;
  /** Why no plan has made an answer so far; null before the first. */
  readonly misfit: Misfit['why'] | null;
}

interface Rule extends Choice {
  readonly holds: (situation: Situation) => boolean;
}

/** The first rule that holds, of a plan that was not tried yet, says how a question is answered. */
const rules: readonly Rule[] = [
  {
    plan: 'passages',
    reason: 'pages-are-named',
    holds: ({ question: { about }, model, misfit }) =>
      misfit === null && hasShortWindow(model) && about !== null && namesPages(about),
  },
  {
    plan: 'passages',
    reason: 'earlier-text-is-long',
    holds: ({ question: { about }, model, misfit }) =>
      misfit === null && hasShortWindow(model) && about !== null && isLongEarlierText(about),
  },
  { plan: 'whole', reason: 'may-fit', holds: ({ misfit }) => misfit === null },
  {
    plan: 'without-earlier-texts',
    reason: 'earlier-texts-are-lost',
    holds: ({ misfit }) => misfit === 'loses-texts',
  },
  {
    plan: 'passages',
    reason: 'whole-is-too-long',
    holds: ({ question, misfit }) => misfit === 'too-long' && question.about !== null,
  },
  {
    plan: 'parts',
    reason: 'own-text-is-too-long',
    // What is put together from parts has no one place to go on from.
    holds: ({ question, misfit }) => misfit === 'too-long' && question.long !== null && question.before === '',
  },
  {
    plan: 'without-earlier-texts',
    reason: 'earlier-texts-are-too-long',
    holds: ({ question, misfit }) => misfit === 'too-long' && question.long === null && question.lostTexts() > 0,
  },
];

/** The next plan for a question, and why it is that one; null when there is none left. */
export function planFor(situation: Situation, tried: ReadonlySet<PlanName>): Choice | null {
  const rule = rules.find(({ plan, holds }) => !tried.has(plan) && holds(situation));
  return rule === undefined ? null : { plan: rule.plan, reason: rule.reason };
}

/** Answers by one plan after another, until one makes an answer or fails; `onPlan` is told of each before it begins. */
export async function* answerByPlan(
  question: Question,
  model: AskedModel,
  signal: AbortSignal,
  onPlan: (choice: Choice) => void = () => {},
): AsyncGenerator<PlanPart> {
  const tried = new Set<PlanName>();
  let misfit: Exclude<Misfit, { readonly why: 'nothing-found' }> | null = null;
  for (;;) {
    const choice = planFor({ question, model, misfit: misfit?.why ?? null }, tried);
    if (choice === null) break;
    tried.add(choice.plan);
    onPlan(choice);
    const found: Misfit | null = yield* plans[choice.plan](question, model, signal);
    if (found === null) return;
    // That nothing was found says nothing new of whether the question fits.
    if (found.why !== 'nothing-found') misfit = found;
  }
  yield { type: 'made-from', basis: { type: 'whole' } };
  yield {
    type: 'failure',
    error: misfit?.why === 'too-long' && question.before === '' ? misfit.error : cannotContinue,
  };
}
