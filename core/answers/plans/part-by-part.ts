import type { GenerateInput, GenerationHints } from '../../../contract/engine.ts';
import { quote } from '../../prompts/delimiter.ts';
import { askAbout, askParts, type PartAsk } from '../ask-parts.ts';
import { PartsInOrder } from '../parts-in-order.ts';
import { nothingNoted, type PartsWork, type WorkPart } from './parts-work.ts';

/** The answers of the parts, one after another: for an answer that takes the place of its text, such as a translation. */
export async function* partByPart({ model, input, long, parts, signal }: PartsWork): AsyncGenerator<WorkPart> {
  const answer = new PartsInOrder(parts);
  let cut = false;
  const asks = parts.map((part): PartAsk => {
    const asked = askAbout(input, part.trim(), long.instruction);
    return { ...asked, input: { ...asked.input, hints: partHints(input, part.trim()) } };
  });
  for await (const event of askParts(model, asks, signal)) {
    if (event.type === 'end') return yield event.part;
    if (event.type === 'progress' && !answer.hasBegun)
      yield { type: 'prompt-progress', done: event.done, total: event.total };
    if (event.type === 'text') answer.write(event.index, event.text);
    if (event.type === 'taken-back') answer.takeBack(event.index);
    if (event.type === 'finish') {
      cut ||= event.reason !== 'stop';
      answer.end(event.index);
    }
    const text = answer.take();
    if (text !== '') yield { type: 'text-delta', text };
    // Not those that are ahead of their turn: they go with the run when it ends before.
    if (event.type === 'finish') yield { type: 'parts-read', read: answer.written };
  }
  if (answer.written === 0) yield { type: 'failure', error: nothingNoted };
  else yield { type: 'finish', reason: cut ? 'length' : 'stop' };
}

/** What is known of the answer to a part. */
function partHints({ hints }: GenerateInput, part: string): GenerationHints {
  return hints.draftFrom === undefined ? {} : { draftFrom: quote(part) };
}
