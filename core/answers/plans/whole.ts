import type { ModelPart } from '../../../contract/engine.ts';
import { Delimiters } from '../../text-filters/delimiters.ts';
import { filterParts } from '../../text-filters/text-filter.ts';
import type { AskedModel } from '../asked-model.ts';
import type { Question } from '../question.ts';
import { type Misfit, type PlanPart, planParts } from './plan.ts';

/** What a model on this machine, and what one behind a server, says of a prompt that does not fit. */
const tooLongCodes: readonly string[] = ['model/context-full', 'server/context-full'];

/** The conversation with all its texts, read at once. */
export async function* whole(
  question: Question,
  model: AskedModel,
  signal: AbortSignal,
): AsyncGenerator<PlanPart, Misfit | null> {
  const delimiters = new Delimiters(question.delimiters, { goesOn: question.before !== '' });
  let begun = false;
  for await (const part of filterParts(model.generate(question.input, signal), delimiters)) {
    begun ||= part.type === 'text-delta';
    const misfit = begun ? null : misfitOf(part, question);
    if (misfit !== null) return misfit;
    yield* planParts(part, { type: 'whole' });
  }
  return null;
}

function misfitOf(part: ModelPart, question: Question): Misfit | null {
  if (isTooLong(part)) return { why: 'too-long', error: part.error };
  return part.type === 'messages-dropped' && question.lostTexts(part.count) > 0 ? { why: 'loses-texts' } : null;
}

/** Whether a model says that what it was asked does not fit into its window. */
export function isTooLong(part: ModelPart): part is Extract<ModelPart, { readonly type: 'failure' }> {
  return part.type === 'failure' && tooLongCodes.includes(part.error.code);
}
