import type { FinishReason, ModelPart } from '../../../contract/engine.ts';
import type { AppErrorShape } from '../../../contract/errors.ts';
import type { Basis } from '../../../contract/receipt.ts';
import { isEnd } from '../../text-filters/text-filter.ts';
import type { AskedModel } from '../asked-model.ts';
import type { Question } from '../question.ts';

/** The parts of one generation without what it came to, which is noted elsewhere. */
export type AnswerPart =
  | Exclude<ModelPart, { readonly type: 'finish' }>
  | { readonly type: 'finish'; readonly reason: FinishReason };

/** What a plan yields: an answer without delimiters, and once, right before its end, what it was made from. */
export type PlanPart = AnswerPart | { readonly type: 'made-from'; readonly basis: Basis };

/** Why a plan made no answer. It has yielded neither text nor `made-from`, and another plan may follow. */
export type Misfit =
  /** The model takes no prompt of that length; `error` is how it says so. */
  | { readonly why: 'too-long'; readonly error: AppErrorShape }
  /** It fits without the texts of earlier questions alone, and without all that was said about them. */
  | { readonly why: 'loses-texts' }
  | { readonly why: 'nothing-found' };

/** One way to answer a question. Null where it has come to an end of the answer, be it a failure. */
export type Plan = (
  question: Question,
  model: AskedModel,
  signal: AbortSignal,
) => AsyncGenerator<PlanPart, Misfit | null>;

/** The part of one generation as a plan yields it. */
export function* planParts(part: AnswerPart, basis: Basis): Generator<PlanPart> {
  if (isEnd(part)) yield { type: 'made-from', basis };
  yield part.type === 'finish' ? { type: 'finish', reason: part.reason } : part;
}

/** All parts of one generation as a plan yields them. */
export async function* planned(parts: AsyncIterable<ModelPart>, basis: Basis): AsyncGenerator<PlanPart> {
  for await (const part of parts) yield* planParts(part, basis);
}
