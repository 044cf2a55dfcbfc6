import { isDeed, type PromptStep, type Step } from '../../contract/atom-steps.ts';
import type { GenerateInput } from '../../contract/engine.ts';
import { toErrorShape } from '../../contract/errors.ts';
import type { Recipient } from '../../contract/label.ts';
import type { Sampling } from '../../contract/model.ts';
import { readSchema } from '../../models/json-schema/read-schema.ts';
import { delimiterOf } from '../prompts/delimiter.ts';
import { jsonInstruction, textPrompt } from '../prompts/text-prompt.ts';
import { fillAnswers } from '../steps/answers.ts';
import { runPlainStep, type StepTools } from '../steps/run-plain-step.ts';
import { listValue, textOf, textValue, type Value } from '../steps/value.ts';
import { answerAsJson, whereWrong } from './answer-as-json.ts';
import { type Answered, askItems, askTogether, cutShort, type Failure, type StepResult } from './ask-items.ts';
import type { AskedModel } from './asked-model.ts';
import { patientModel } from './patience.ts';
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
/** Fewer are not written together by any engine. */
const fewestTogether = 4;
/** Longest answer in tokens to an item that is asked about beside seven others, which share the window of one. */
const togetherTokens = 384;

/**
 * Does one step on what the one before made. Yields what a model writes meanwhile, and how far it is. What a step does outside is not
 * done here: its value goes on as it came.
 */
export async function* makeStep(step: Step, value: Value, means: StepMeans): AsyncGenerator<PlanPart, StepResult> {
  if (step.do === 'prompt') return yield* gather(step, value, means);
  if (isDeed(step)) return value;
  // These stand for others, which are done in their place: where nobody put them there, nothing may look as if it were done.
  if (step.do === 'call' || step.do === 'translate') return notExpanded(step);
  return runPlainStep(step, value, means.tools).catch((error: unknown): Failure => {
    return { type: 'failure', error: toErrorShape(error) };
  });
}

function notExpanded(step: Extract<Step, { readonly do: 'call' | 'translate' }>): Failure {
  const name = step.do === 'call' ? step.action : step.do;
  return {
    type: 'failure',
    error: { code: 'step/call-gone', message: 'not put in its place', values: { step: 1, name } },
  };
}

/** Asks about the whole of it, or about every item where the step is done with each. */
async function* gather(step: PromptStep, value: Value, means: StepMeans): AsyncGenerator<PlanPart, StepResult> {
  if (step.each === true && value.type === 'list') return yield* gatherEach(step, value.items, means);
  const text = yield* gatherOne(step, textOf(value), means);
  return typeof text === 'string' ? textValue(text) : (text ?? { type: 'stopped', made: null });
}

/** The items by one list where the model gains from that, and else, or what is left of them, as many at once as it takes. */
async function* gatherEach(
  step: PromptStep,
  items: readonly string[],
  means: StepMeans,
): AsyncGenerator<PlanPart, StepResult> {
  if (items.length > mostAsked) {
    return {
      type: 'failure',
      error: { code: 'step/too-many', message: 'too many items', values: { most: mostAsked } },
    };
  }
  if (items.length === 0) return listValue([]);
  const { signal } = means;
  const asked = await means.askModel();
  const { atOnce, listGains, jsonSchema } = asked.model.capabilities;
  const isList = listGains && items.length >= fewestTogether && (step.schema === undefined || jsonSchema);
  const known = isList ? yield* gatherTogether(step, items, means, asked) : [];
  if ('type' in known) return known;
  const patient = { ...asked, model: patientModel(asked.model) };
  const ask = (item: string, each: AbortSignal) =>
    gatherOne(step, item, { ...means, signal: each, askModel: () => Promise.resolve(patient) });
  const made = yield* askItems({ items, known, atOnce, ask, signal });
  return step.beside === true ? withItems(made, items) : made;
}

/** Each answer with the item that it is about as a quotation below it, which stands within the point of a list. */
function withItems(made: StepResult, items: readonly string[]): StepResult {
  if (made.type === 'stopped') {
    const kept = made.made === null ? null : withItems(made.made, items);
    return kept === null || kept.type === 'failure' || kept.type === 'stopped' ? made : { type: 'stopped', made: kept };
  }
  if (made.type !== 'list') return made;
  return listValue(made.items.map((answer, at) => `${answer}\n  > ${(items[at] ?? '').replaceAll('\n', '\n  > ')}`));
}

function gatherTogether(
  step: PromptStep,
  items: readonly string[],
  means: StepMeans,
  { model, sampling }: Asked,
): ReturnType<typeof askTogether> {
  const { schema } = step;
  means.onPlan({ plan: 'whole', reason: 'may-fit' });
  const asks = items.map((item) => {
    const input = inputOf(step, item, means, sampling);
    const short = { ...input, maxTokens: Math.min(input.maxTokens, togetherTokens) };
    return {
      input: schema === undefined ? short : { ...short, answerSchema: schema },
      delimiter: delimiterOf(item),
    };
  });
  const shapes = schema === undefined ? null : readSchema(schema);
  const fits = (text: string) => shapes === null || whereWrong(text, shapes) === null;
  return askTogether({ model, asks, fits, signal: means.signal });
}

async function* gatherOne(step: PromptStep, text: string, means: StepMeans): AsyncGenerator<PlanPart, Answered> {
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
  const { language } = tools;
  const input = inputOf(step, text, means, sampling);
  if (step.schema !== undefined) {
    // JSON is made from the whole text at once: the forms of its parts do not add up to one form.
    onPlan({ plan: 'whole', reason: 'may-fit' });
    return yield* answerAsJson({ input, schema: step.schema, language }, model, signal);
  }
  const question: Question = {
    ...{ messages: [], answerId, input, delimiters: [delimiterOf(text)], before: '' },
    long: { text, instruction: saidBy(step, tools), way, language },
    about: null,
    lostTexts: () => 0,
  };
  yield* answerByPlan(question, model, signal, onPlan);
}

/** What a model is told, with what the person answered filled in. */
function saidBy(step: PromptStep, { language, answers = {} }: StepTools): string {
  return fillAnswers(step.prompt[language], answers);
}

function inputOf(step: PromptStep, text: string, { tools }: StepMeans, sampling: Sampling): GenerateInput {
  const { language } = tools;
  const said = saidBy(step, tools);
  return {
    messages: textPrompt(text, step.schema === undefined ? said : jsonInstruction(said, step.schema, language)),
    sampling: mergeSampling(sampling, step.sampling ?? null),
    maxTokens: step.maxTokens ?? longestAnswerTokens,
    thinking: 'off',
    hints: {},
  };
}
