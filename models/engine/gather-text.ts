import type { ModelPart } from '../../contract/engine.ts';

/** Each message wakes the process that asked, which on two cores takes the time from the next word. */
const gatherMs = 50;

/**
 * Passes parts on, with pieces of text that come within 50 ms of the last one sent together. Nothing waits longer than until
 * the next token, and what was written before an error comes before it.
 */
export async function* gatherText(parts: AsyncIterable<ModelPart>): AsyncGenerator<ModelPart> {
  let held = '';
  let sentAt = Number.NEGATIVE_INFINITY;
  try {
    for await (const part of parts) {
      if (part.type === 'text-delta') {
        held += part.text;
        if (performance.now() - sentAt < gatherMs) continue;
      }
      if (held !== '') yield { type: 'text-delta', text: held };
      held = '';
      sentAt = performance.now();
      if (part.type !== 'text-delta') yield part;
    }
  } catch (error) {
    if (held !== '') yield { type: 'text-delta', text: held };
    throw error;
  }
  if (held !== '') yield { type: 'text-delta', text: held };
}
