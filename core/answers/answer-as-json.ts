import type { PromptStep } from '../../contract/atom-steps.ts';
import type { GenerateInput } from '../../contract/engine.ts';
import type { AppErrorShape } from '../../contract/errors.ts';
import { closeJson } from '../../models/json-schema/close-json.ts';
import { whereUnfit } from '../../models/json-schema/fits.ts';
import { readSchema } from '../../models/json-schema/read-schema.ts';
import type { PromptLanguage } from '../prompts/prompts.ts';
import { jsonAgain } from '../prompts/text-prompt.ts';
import { isEnd } from '../text-filters/text-filter.ts';
import type { AskedModel } from './asked-model.ts';
import { type AnswerPart, type PlanPart, planParts } from './plans/plan.ts';

/** Longest name of a place that is told: a model names members as it likes. */
const longestPlace = 80;
/** Some models put what they are asked for into a block of code. */
const fenced = /^```(?:json)?[^\S\n]*\n([\s\S]*?)\n?```$/;

/** What an answer in a form is made with. */
export interface JsonQuestion {
  readonly input: GenerateInput;
  readonly schema: NonNullable<PromptStep['schema']>;
  readonly language: PromptLanguage;
}

/**
 * An answer that is JSON of a schema. A model that states it is held to it letter by letter; another one is told of the schema, by the
 * mode that its protocol has for that where it takes this one, and asked once more where its answer does not fit. What does not fit then is no answer: the last part is a failure `step/not-the-form`.
 */
export async function* answerAsJson(
  { input, schema, language }: JsonQuestion,
  model: AskedModel,
  signal: AbortSignal,
): AsyncGenerator<PlanPart> {
  const shapes = readSchema(schema);
  const held = { ...input, answerSchema: schema };
  let { messages } = held;
  for (const isLast of [false, true]) {
    let written = '';
    for await (const part of model.generate({ ...held, messages }, signal)) {
      if (part.type === 'text-delta') written += part.text;
      else if (part.type === 'text-was-thinking') written = '';
      else if (!isEnd(part)) yield part;
      else if (part.type === 'finish' && part.reason === 'length') return yield* closed(written, shapes, part);
      else if (part.type !== 'finish' || part.reason !== 'stop') return yield* planParts(part, { type: 'whole' });
    }
    const json = written.trim().replace(fenced, '$1');
    const where = whereWrong(json, shapes);
    if (where === null) {
      yield { type: 'text-delta', text: json };
      return yield* planParts({ type: 'finish', reason: 'stop' }, { type: 'whole' });
    }
    if (isLast) return yield* planParts({ type: 'failure', error: notTheForm(where) }, { type: 'whole' });
    messages = jsonAgain(input.messages, written, where, language);
  }
}

/** An answer that was cut ends as JSON that fits, and still says that it was cut. One that cannot ends as it came, without a text. */
function* closed(
  written: string,
  shapes: ReturnType<typeof readSchema>,
  end: Extract<AnswerPart, { readonly type: 'finish' }>,
): Generator<PlanPart> {
  const json = closeJson(written, shapes);
  if (json !== null && whereWrong(json, shapes) === null) yield { type: 'text-delta', text: json };
  yield* planParts(end, { type: 'whole' });
}

/** Where a text is no JSON that fits; null where it is. */
export function whereWrong(json: string, shapes: ReturnType<typeof readSchema>): string | null {
  try {
    return whereUnfit(JSON.parse(json), shapes);
  } catch {
    return '/';
  }
}

function notTheForm(where: string): AppErrorShape {
  const values = { where: where.slice(0, longestPlace) };
  return { code: 'step/not-the-form', message: `the answer does not fit at ${where}`, values, action: 'try-again' };
}
