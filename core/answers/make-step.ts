import { isDeed, type PromptStep, type Step } from '../../contract/atom-steps.ts';
import type { GenerateInput, ModelPart } from '../../contract/engine.ts';
import { type AppErrorShape, toErrorShape } from '../../contract/errors.ts';
import type { Recipient } from '../../contract/label.ts';
import type { Sampling } from '../../contract/model.ts';
import { delimiterOf } from '../prompts/delimiter.ts';
import { jsonInstruction, textPrompt } from '../prompts/text-prompt.ts';
import { runPlainStep, type StepTools } from '../steps/run-plain-step.ts';
import { listValue, textOf, textValue, type Value } from '../steps/value.ts';
import { answerAsJson } from './answer-as-json.ts';
import type { AskedModel } from './asked-model.ts';
import { answerByPlan, type Choice } from './plan.ts';
import type { PlanPart } from './plans/plan.ts';
import type { Question } from './question.ts';
import { mergeSampling } from './sampling.ts';

/** A model that is asked now, and how it is usually asked. */
export interface Asked {
  readonly model: AskedModel;
  readonly sampling: Sampling;
  /** Who gets what it is asked; left out where nobody knows. */
  readonly to?: Recipient;
}

/** What steps are done with. */
export interface StepMeans {
  readonly answerId: string;
  readonly tools: StepTools;
  /** Called at the first step that needs one; a chain without such a step works without any. */
  readonly askModel: () => Promise<Asked>;
  readonly signal: AbortSignal;
  readonly onPlan: (choice: Choice) => void;
  /** How the answers to the parts of a long text become one. */
  readonly way: 'each' | 'merge';
}

const longestAnswerTokens = 4096;
/** Items of a list that a model is asked about, one by one. */
const mostAsked = 200;
const cutShort: AppErrorShape = { code: 'step/cut', message: 'a step wrote as much as it may', action: 'try-again' };

type Failure = Extract<ModelPart, { readonly type: 'failure' }>;
/** It was stopped, with what was made of the items before; null for nothing whole. */
export interface Stopped {
  readonly type: 'stopped';
  readonly made: Value | null;
}
/** What a step made, or how it ended. */
export type StepResult = Value | Failure | Stopped;

const stoppedWith = (made: Value | null): Stopped => ({ type: 'stopped', made });

/**
 * Does one step on what the one before made. Yields what a model writes meanwhile, and how far it is. What a step does outside is not
 * done here: its value goes on as it came.
 */
export async function* makeStep(step: Step, value: Value, means: StepMeans): AsyncGenerator<PlanPart, StepResult> {
  if (step.do === 'prompt') return yield* gather(step, value, means);
  if (isDeed(step)) return value;
  return runPlainStep(step, value, means.tools).catch((error: unknown): Failure => {
    return { type: 'failure', error: toErrorShape(error) };
  });
}

/** Asks about the whole of it, or about every item where the step is done with each. */
async function* gather(step: PromptStep, value: Value, means: StepMeans): AsyncGenerator<PlanPart, StepResult> {
  if (step.each !== true || value.type !== 'list') {
    const text = yield* gatherOne(step, textOf(value), means);
    return typeof text === 'string' ? textValue(text) : (text ?? stoppedWith(null));
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
    const text = yield* gatherOne(step, item, means);
    if (text === null) return stoppedWith(answers.length === 0 ? null : listValue(answers));
    if (typeof text !== 'string') return text;
    answers.push(text.trim());
  }
  return listValue(answers);
}

async function* gatherOne(
  step: PromptStep,
  text: string,
  means: StepMeans,
): AsyncGenerator<PlanPart, string | Failure | null> {
  let written = '';
  for await (const part of askStep(step, text, means)) {
    if (part.type === 'failure') return part;
    if (part.type === 'aborted') return null;
    if (part.type === 'finish' && part.reason !== 'stop') return { type: 'failure', error: cutShort };
    if (part.type === 'text-delta') written += part.text;
    if (part.type === 'text-was-thinking') written = '';
    if (part.type !== 'finish' && part.type !== 'made-from') yield part;
  }
  // The next step would work on nothing, and what it makes of that would look like an answer.
  return written.trim() === ''
    ? { type: 'failure', error: { code: 'step/nothing-left', message: 'nothing written' } }
    : written;
}

/** Asks a model what a step says, about a text. */
export async function* askStep(step: PromptStep, text: string, means: StepMeans): AsyncGenerator<PlanPart> {
  const { answerId, signal, onPlan, tools, way } = means;
  const { model, sampling } = await means.askModel();
  const instruction = step.prompt[tools.language];
  if (step.schema !== undefined) return yield* askForJson(step, step.schema, text, means, { model, sampling });
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
    long: { text, instruction, way, language: tools.language },
    about: null,
    lostTexts: () => 0,
  };
  yield* answerByPlan(question, model, signal, onPlan);
}

/** Asks for JSON of a schema. What it is made from is asked whole: forms of the parts of a text are not the form of all of it. */
async function* askForJson(
  step: PromptStep,
  schema: NonNullable<PromptStep['schema']>,
  text: string,
  { tools: { language }, signal, onPlan }: StepMeans,
  { model, sampling }: Asked,
): AsyncGenerator<PlanPart> {
  onPlan({ plan: 'whole', reason: 'may-fit' });
  const input: GenerateInput = {
    messages: textPrompt(text, jsonInstruction(step.prompt[language], schema, language)),
    sampling: mergeSampling(sampling, step.sampling ?? null),
    maxTokens: step.maxTokens ?? longestAnswerTokens,
    thinking: 'off',
    hints: {},
  };
  yield* answerAsJson({ input, schema, language }, model, signal);
}
