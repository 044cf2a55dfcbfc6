import { splitText } from '../../../text/split-text.ts';
import type { AskedModel } from '../asked-model.ts';
import type { Question } from '../question.ts';
import { fromNotes } from './from-notes.ts';
import { partByPart } from './part-by-part.ts';
import { type PartsWork, partCharacters } from './parts-work.ts';
import { type Misfit, type PlanPart, planParts } from './plan.ts';

/**
 * The texts of the question part by part, with all of them read. Either the answers of the parts, one after another, are the
 * answer, or it is made from notes of all of them.
 */
export async function* parts(
  { long, input }: Question,
  model: AskedModel,
  signal: AbortSignal,
): AsyncGenerator<PlanPart, Misfit | null> {
  if (long === null) return { why: 'nothing-found' };
  const pieces = splitText(long.text, partCharacters[long.language]);
  const work: PartsWork = { model, input, long, parts: pieces, signal };
  let read = 0;
  for await (const part of long.way === 'each' ? partByPart(work) : fromNotes(work)) {
    if (part.type === 'parts-read') read = part.read;
    else yield* planParts(part, { type: 'parts', read, total: pieces.length });
  }
  return null;
}
