import { chatPrompt } from '../../prompts/chat-prompt.ts';
import type { AskedModel } from '../asked-model.ts';
import type { Question } from '../question.ts';
import { type Misfit, type PlanPart, planned } from './plan.ts';

/**
 * The conversation without the texts of earlier questions: one that fits no more would take along what was said about it, which
 * is what "it" in a question means.
 */
export async function* withoutEarlierTexts(
  question: Question,
  model: AskedModel,
  signal: AbortSignal,
): AsyncGenerator<PlanPart, Misfit | null> {
  const texts = question.lostTexts();
  if (texts === 0 || question.long !== null) return { why: 'nothing-found' };
  const messages = chatPrompt(question.messages, question.answerId);
  const parts = model.generate({ ...question.input, messages }, signal);
  yield* planned(parts, { type: 'without-earlier-texts', texts });
  return null;
}
