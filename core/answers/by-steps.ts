import type { UsedAction } from '../../contract/atom.ts';
import type { FormAnswers, FormField } from '../../contract/atom-forms.ts';
import { isDeed, type Step } from '../../contract/atom-steps.ts';
import { type AppErrorShape, toErrorShape } from '../../contract/errors.ts';
import type { Label, Recipient } from '../../contract/label.ts';
import { fieldsOf, sampleAnswers } from '../steps/answers.ts';
import { labelOf, planLabels } from '../steps/labels.ts';
import { textOf, textValue, type Value } from '../steps/value.ts';
import type { StepResult } from './ask-items.ts';
import { CarriedLabel, requireUnbroken } from './carried-label.ts';
import { type Deeds, doDeed } from './deeds.ts';
import { askStep, makeStep, type StepMeans } from './make-step.ts';
import type { PlanPart } from './plans/plan.ts';

/** What a chain works on, and with. */
export interface StepsWork extends Omit<StepMeans, 'way'> {
  readonly steps: readonly Step[];
  /** `replace`: what the last step makes of a long text stands for all of it. */
  readonly output: UsedAction['output'];
  readonly text: string;
  /** What is known of the text; without it, that somebody selected it. */
  readonly label?: Label;
  /** Who would be asked, before anybody is; null where nobody knows. */
  readonly wouldAsk?: () => Promise<Recipient | null>;
  /** What steps do outside of the chain; without it they do nothing there. */
  readonly deeds?: Deeds | null;
  /** Asks the person before anything is done, and answers null when that is stopped; without it answers are made up. */
  readonly askForm?: (fields: readonly FormField[]) => Promise<FormAnswers | null>;
  /** The place in the action's file of what each step was made of, from 0; left out where they are the same. */
  readonly places?: readonly number[];
}

/**
 * An answer made by steps, each of which works on what the one before made. Only what the last one makes is shown. Text that
 * passes through is a value and never decides which steps run; its label goes along with it, and is asked at every edge by which
 * it would leave. Where one of them would break, nothing is begun.
 */
export async function* answerBySteps(asked: StepsWork): AsyncGenerator<PlanPart> {
  let work = asked;
  let value: Value = textValue(work.text);
  const { steps, signal } = work;
  const carried = new CarriedLabel(work.label ?? labelOf('selection'));
  try {
    requireUnbroken(await planOf(work, carried.label));
  } catch (error) {
    return yield* ended(work, 0, { type: 'failure', error: toErrorShape(error) });
  }
  const answers = await answersFor(work);
  if (answers === null) return yield* stopped(work, 0, value);
  work = { ...work, tools: { ...work.tools, answers } };
  for (const [index, step] of steps.entries()) {
    if (signal.aborted) return yield* stopped(work, index, value);
    const isLast = index === steps.length - 1;
    const askModel = async () => {
      const asked = await work.askModel();
      carried.pass(step, index, asked.to ?? null);
      return asked;
    };
    const means = { ...work, askModel, way: isLast && work.output === 'replace' ? 'each' : 'merge' } as const;
    if (step.do === 'prompt' && step.each !== true && isLast) {
      yield { type: 'made-from', basis: { type: 'steps', done: index, total: steps.length } };
      return yield* lastAsked(askStep(step, textOf(value), means), work, value);
    }
    const refused = await passEdge(step, index, value, work, carried);
    const made = refused ?? (yield* withoutText(makeStep(step, value, means)));
    if (made.type === 'stopped') return yield* stopped(work, index, made.made ?? value);
    if (made.type === 'failure') return yield* ended(work, index, made);
    carried.made(step);
    value = made;
  }
  yield { type: 'text-delta', text: textOf(value) };
  yield* ended(work, steps.length, { type: 'finish', reason: 'stop' });
}

/** What the person fills in; null where that is stopped. Nothing was done by then. */
async function answersFor({ steps, tools, askForm }: StepsWork): Promise<FormAnswers | null> {
  const fields = fieldsOf(steps);
  if (fields.length === 0) return {};
  return askForm === undefined ? sampleAnswers(fields, tools.language, tools.now) : askForm(fields);
}

/** Where the values of a chain can go, before any of it is done. */
async function planOf({ steps, output, wouldAsk }: StepsWork, first: Label) {
  const asks = steps.some((step) => step.do === 'prompt');
  return planLabels({ steps, output, first, to: asks && wouldAsk !== undefined ? await wouldAsk() : null });
}

/** Lets a value pass to a step, and does what that does outside; null where it may pass. Who is asked is known later. */
async function passEdge(
  step: Step,
  index: number,
  value: Value,
  { deeds = null, signal }: StepsWork,
  carried: CarriedLabel,
): Promise<Extract<StepResult, { readonly type: 'failure' }> | null> {
  if (step.do === 'prompt') return null;
  try {
    const asks = carried.pass(step, index, null) === 'asks';
    if (isDeed(step) && deeds !== null && !signal.aborted) await doDeed(step, index + 1, value, asks, deeds);
    return null;
  } catch (error) {
    return { type: 'failure', error: toErrorShape(error) };
  }
}

/** The last step, whose text is the answer's own. Where it is stopped before its first word, what was made before is there. */
async function* lastAsked(parts: AsyncIterable<PlanPart>, work: StepsWork, before: Value): AsyncGenerator<PlanPart> {
  const total = work.steps.length;
  let isEmpty = true;
  for await (const part of parts) {
    if (part.type === 'aborted' && isEmpty) return yield* stopped(work, total - 1, before);
    if (part.type === 'text-delta') isEmpty = false;
    if (part.type !== 'made-from') yield part;
    else yield { type: 'made-from', basis: { type: 'steps', done: total, total } };
  }
}

/** What was made so far is kept, where a step has made something. */
function* stopped(work: StepsWork, done: number, made: Value): Generator<PlanPart> {
  const text = textOf(made);
  if (text !== work.text && text !== '') yield { type: 'text-delta', text };
  yield* ended(work, done, { type: 'aborted' });
}

function* ended({ steps, places }: StepsWork, done: number, end: PlanPart): Generator<PlanPart> {
  yield { type: 'made-from', basis: { type: 'steps', done, total: steps.length } };
  yield end.type === 'failure' ? { ...end, error: placedIn(places, end.error) } : end;
}

/** An error names the step of the file that a person sees, whatever that was made into. */
function placedIn(places: StepsWork['places'], error: AppErrorShape): AppErrorShape {
  const step = error.values?.['step'];
  const place = typeof step === 'number' ? places?.[step - 1] : undefined;
  return place === undefined ? error : { ...error, values: { ...error.values, step: place + 1 } };
}

/** What a step in the middle writes is shown nowhere; only how far it is. */
async function* withoutText(parts: ReturnType<typeof makeStep>): AsyncGenerator<PlanPart, StepResult> {
  try {
    for (;;) {
      const next = await parts.next();
      if (next.done === true) return next.value;
      if (next.value.type === 'queue-position' || next.value.type === 'prompt-progress') yield next.value;
    }
  } finally {
    await parts.return({ type: 'stopped', made: null });
  }
}
