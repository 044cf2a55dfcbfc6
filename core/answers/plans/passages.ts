import { delimiterOf } from '../../prompts/delimiter.ts';
import { passagesPrompt } from '../../prompts/passages-prompt.ts';
import { Delimiters } from '../../text-filters/delimiters.ts';
import { filterParts } from '../../text-filters/text-filter.ts';
import type { AskedModel } from '../asked-model.ts';
import { passagesFor } from '../found-passages.ts';
import { placesOf } from '../places.ts';
import type { Question } from '../question.ts';
import { type Misfit, type PlanPart, planned } from './plan.ts';

/** The passages of long texts that fit the question, in the place of the texts. */
export async function* passages(
  question: Question,
  model: AskedModel,
  signal: AbortSignal,
): AsyncGenerator<PlanPart, Misfit | null> {
  const { about, messages, answerId, input, before } = question;
  const found = about === null ? null : await passagesFor(about);
  if (found === null) return { why: 'nothing-found' };
  const prompt = passagesPrompt(found, messages, answerId);
  const delimiters = new Delimiters([delimiterOf(found.text)], { goesOn: before !== '' });
  const parts = model.generate({ ...input, messages: prompt }, signal);
  yield* planned(filterParts(parts, delimiters), { type: 'passages', texts: placesOf(found) });
  return null;
}
