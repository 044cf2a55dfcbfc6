import type { UsedAction } from '../../contract/atom.ts';
import type { PromptStep, Step } from '../../contract/atom-steps.ts';
import type { ModelPart } from '../../contract/engine.ts';
import { type AppErrorShape, toErrorShape } from '../../contract/errors.ts';
import type { Sampling } from '../../contract/model.ts';
import { delimiterOf } from '../prompts/delimiter.ts';
import { textPrompt } from '../prompts/text-prompt.ts';
import { runPlainStep, type StepTools } from '../steps/run-plain-step.ts';
import { listValue, textOf, textValue, type Value } from '../steps/value.ts';
import type { AskedModel } from './asked-model.ts';
import { answerByPlan, type Choice } from './plan.ts';
import type { PlanPart } from './plans/plan.ts';
import type { Question } from './question.ts';
import { mergeSampling } from './sampling.ts';

/** A model that is asked now, and how it is usually asked. */
export interface Asked {
  readonly model: AskedModel;
  readonly sampling: Sampling;
}

/** What a chain works on, and with. */
export interface StepsWork {
  readonly steps: readonly Step[];
  /** `replace`: what the last step makes of a long text stands for all of it. */
  readonly output: UsedAction['output'];
  readonly text: string;
  readonly answerId: string;
  readonly tools: StepTools;
  /** Called at the first step that needs one; a chain without such a step works without any. */
  readonly askModel: () => Promise<Asked>;
  readonly signal: AbortSignal;
  readonly onPlan: (choice: Choice) => void;
}

const longestAnswerTokens = 4096;
/** Items of a list that a model is asked about, one by one. */
const mostAsked = 200;
const cutShort: AppErrorShape = { code: 'step/cut', message: 'a step wrote as much as it may', action: 'try-again' };

/**
 * An answer made by steps, each of which works on what the one before made. Only what the last one makes is shown. Text that
 * passes through is a value and never decides which steps run.
 */
export async function* answerBySteps(work: StepsWork): AsyncGenerator<PlanPart> {
  let value: Value = textValue(work.text);
  const { steps, tools, signal } = work;
  for (const [index, step] of steps.entries()) {
    if (signal.aborted) return yield* ended(work, index, { type: 'aborted' });
    const isLast = index === steps.length - 1;
    if (step.do !== 'prompt') {
      const made = await runPlainStep(step, value, tools).catch(toFailure);
      if (made.type === 'failure') return yield* ended(work, index, made);
      value = made;
    } else if (isLast && step.each !== true) {
      yield { type: 'made-from', basis: { type: 'steps', done: index, total: steps.length } };
      for await (const part of askStep(step, textOf(value), work)) {
        if (part.type !== 'made-from') yield part;
        else yield { type: 'made-from', basis: { type: 'steps', done: index + 1, total: steps.length } };
      }
      return;
    } else {
      const made = yield* gather(step, value, work);
      if (made === null) return yield* ended(work, index, { type: 'aborted' });
      if (made.type === 'failure') return yield* ended(work, index, made);
      value = made;
    }
  }
  yield { type: 'text-delta', text: textOf(value) };
  yield* ended(work, steps.length, { type: 'finish', reason: 'stop' });
}

function* ended({ steps }: StepsWork, done: number, end: PlanPart): Generator<PlanPart> {
  yield { type: 'made-from', basis: { type: 'steps', done, total: steps.length } };
  yield end;
}

function toFailure(error: unknown): Extract<ModelPart, { readonly type: 'failure' }> {
  return { type: 'failure', error: toErrorShape(error) };
}

type Failure = ReturnType<typeof toFailure>;

/** What a step in the middle makes: of every item where it is done with each. Null when it was stopped. */
async function* gather(
  step: PromptStep,
  value: Value,
  work: StepsWork,
): AsyncGenerator<PlanPart, Value | Failure | null> {
  if (step.each !== true || value.type !== 'list') {
    const text = yield* gatherOne(step, textOf(value), work);
    return typeof text === 'string' ? textValue(text) : text;
  }
  if (value.items.length > mostAsked) {
    return {
      type: 'failure',
      error: { code: 'step/too-many', message: 'too many items', values: { most: mostAsked } },
    };
  }
  const answers: string[] = [];
  for (const [done, item] of value.items.entries()) {
    yield { type: 'prompt-progress', done, total: value.items.length };
    const text = yield* gatherOne(step, item, work);
    if (typeof text !== 'string') return text;
    answers.push(text.trim());
  }
  return listValue(answers);
}

async function* gatherOne(
  step: PromptStep,
  text: string,
  work: StepsWork,
): AsyncGenerator<PlanPart, string | Failure | null> {
  let written = '';
  for await (const part of askStep(step, text, work)) {
    if (part.type === 'text-delta') written += part.text;
    else if (part.type === 'text-was-thinking') written = '';
    else if (part.type === 'failure') return part;
    else if (part.type === 'aborted') return null;
    else if (part.type === 'queue-position' || part.type === 'prompt-progress') yield part;
    else if (part.type === 'finish' && part.reason !== 'stop') return { type: 'failure', error: cutShort };
  }
  // The next step would work on nothing, and what it makes of that would look like an answer.
  return written.trim() === ''
    ? { type: 'failure', error: { code: 'step/nothing-left', message: 'nothing written' } }
    : written;
}

async function* askStep(step: PromptStep, text: string, work: StepsWork): AsyncGenerator<PlanPart> {
  const { answerId, signal, onPlan, tools, steps } = work;
  const isLast = step === steps.at(-1);
  const { model, sampling } = await work.askModel();
  const instruction = step.prompt[tools.language];
  const question: Question = {
    messages: [],
    answerId,
    input: {
      messages: textPrompt(text, instruction),
      sampling: mergeSampling(sampling, step.sampling ?? null),
      maxTokens: step.maxTokens ?? longestAnswerTokens,
      thinking: 'off',
      hints: {},
    },
    delimiters: [delimiterOf(text)],
    before: '',
    long: { text, instruction, way: isLast && work.output === 'replace' ? 'each' : 'merge', language: tools.language },
    about: null,
    lostTexts: () => 0,
  };
  yield* answerByPlan(question, model, signal, onPlan);
}
