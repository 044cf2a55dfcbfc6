import { shownLimit, type TrialPart } from '../../contract/atom-edit.ts';
import { asksModel, isDeed, type Step } from '../../contract/atom-steps.ts';
import { toErrorShape } from '../../contract/errors.ts';
import type { ModelIdentity } from '../../models/language-model.ts';
import { typeAfter } from '../steps/plan-steps.ts';
import type { StepTools } from '../steps/run-plain-step.ts';
import { textOf, type Value } from '../steps/value.ts';
import type { StepResult } from './ask-items.ts';
import { type Asked, makeStep, type StepMeans } from './make-step.ts';

/** Steps that are tried on a value, without a chat. */
export interface Trial {
  /** Null for one that is wrong; nothing is done from there on. */
  readonly steps: readonly (Step | null)[];
  /** The first step that is done, from 0, and what comes to it. */
  readonly from: number;
  readonly value: Value;
  /** What the last step makes of a long text stands for all of it. */
  readonly replaces: boolean;
  /** What is done for a step: itself when left out, or what it calls. Throws `step/call-…`. */
  readonly expand?: (step: Step) => readonly Step[];
  readonly tools: StepTools;
  readonly trialId: string;
  readonly asksModel: boolean;
  readonly askModel: () => Promise<Asked & { readonly identity: ModelIdentity }>;
  readonly signal: AbortSignal;
}

/** Does steps as answers do them, and tells what each makes. It ends at the first that fails, is wrong, or may not ask. */
export async function* trySteps(trial: Trial): AsyncGenerator<TrialPart> {
  const { steps, from, signal } = trial;
  let { value } = trial;
  for (const [index, step] of steps.entries()) {
    if (index < from) continue;
    if (signal.aborted) return;
    if (step === null || typeAfter(step, value.type) === null) return yield { type: 'step-unfit', step: index };
    if (step.off === true || isDeed(step)) {
      yield { type: 'step-passed', step: index, why: step.off === true ? 'off' : 'deed' };
      continue;
    }
    if (asksModel(step) && !trial.asksModel) return yield { type: 'model-wanted', step: index };
    const made = yield* tryStep(index, step, value, trial);
    if (made === null) return;
    value = made;
  }
}

/** Null where it was stopped, or failed. */
async function* tryStep(
  index: number,
  step: Step,
  value: Value,
  trial: Trial,
): AsyncGenerator<TrialPart, Value | null> {
  yield { type: 'step-begun', step: index };
  const startedAt = performance.now();
  const since = () => Math.round((performance.now() - startedAt) * 10) / 10;
  let asked: ModelIdentity | null = null;
  const means: StepMeans = {
    ...{ answerId: trial.trialId, tools: trial.tools, signal: trial.signal, onPlan: () => {} },
    way: trial.replaces && index === trial.steps.findLastIndex((one) => one?.off !== true) ? 'each' : 'merge',
    askModel: async () => {
      const { identity, ...model } = await trial.askModel();
      asked = identity;
      return model;
    },
  };
  const made = yield* told(index, step, makeAll(step, value, means, trial));
  if (made.type === 'stopped') return null;
  if (made.type === 'failure') {
    yield { type: 'step-failed', step: index, error: made.error, ms: since() };
    return null;
  }
  const { name = null, host = null } = asked ?? ({} as Partial<ModelIdentity>);
  yield { type: 'step-made', step: index, ...shown(made), ms: since(), modelName: name, host };
  return made;
}

/** Does a step, or one after another what it calls. */
async function* makeAll(
  step: Step,
  came: Value,
  means: StepMeans,
  { expand = (own) => [own], signal }: Trial,
): ReturnType<typeof makeStep> {
  let value = came;
  for (const own of expand(step)) {
    if (signal.aborted) return { type: 'stopped', made: null };
    const made = yield* makeStep(own, value, means);
    if (made.type === 'stopped' || made.type === 'failure') return made;
    value = made;
  }
  return value;
}

/** What a model writes meanwhile; of answers about many items, how many there are. */
async function* told(
  step: number,
  { do: kind, ...fields }: Step,
  parts: ReturnType<typeof makeStep>,
): AsyncGenerator<TrialPart, StepResult> {
  const isEach = (kind === 'prompt' || kind === 'translate') && 'each' in fields && fields.each === true;
  try {
    for (;;) {
      const next = await parts.next();
      if (next.done === true) return next.value;
      const part = next.value;
      if (part.type === 'prompt-progress') yield { type: 'step-progress', step, done: part.done, total: part.total };
      else if (part.type === 'text-delta' && !isEach) yield { type: 'text-delta', step, text: part.text };
      else if (part.type === 'text-was-thinking') yield { type: 'text-restarted', step };
    }
  } catch (error) {
    return { type: 'failure', error: toErrorShape(error) };
  } finally {
    await parts.return({ type: 'stopped', made: null });
  }
}

/** What of a value goes to a page. */
function shown(value: Value): Pick<Extract<TrialPart, { readonly type: 'step-made' }>, 'value' | 'isWhole' | 'size'> {
  const isWhole = textOf(value).length <= shownLimit;
  switch (value.type) {
    case 'text':
      return { value: { type: 'text', text: value.text.slice(0, shownLimit) }, isWhole, size: value.text.length };
    case 'list':
      return { value: { type: 'list', items: [...within(value.items)] }, isWhole, size: value.items.length };
    case 'table':
      return { value: { type: 'table', rows: withinRows(value.rows) }, isWhole, size: value.rows.length };
  }
}

function* within(items: readonly string[], limit = shownLimit): Generator<string> {
  let left = limit;
  for (const item of items) {
    if (left <= 0) return;
    yield item.slice(0, left);
    left -= item.length + 1;
  }
}

function withinRows(rows: readonly (readonly string[])[]): string[][] {
  const shownRows: string[][] = [];
  let left = shownLimit;
  for (const row of rows) {
    if (left <= 0) break;
    shownRows.push([...within(row, left)]);
    left -= row.reduce((sum, cell) => sum + cell.length + 1, 0);
  }
  return shownRows;
}
