import type { GenerateInput } from '../../contract/engine.ts';

/** A shorter answer takes no room that a text could need; in tokens. */
const fewTokens = 1024;

/**
 * Longest answers to ask for, in tokens and in order. Servers such as vLLM refuse what would be more than the model holds if
 * the answer were that long, which it hardly ever is: then its length is left to the server (`null`), whose answer ends
 * where the model is full, and says so. One that is as long as its text is asked for with room for that, or not at all.
 */
export function lengthsToAsk({ maxTokens, hints, messages }: GenerateInput): readonly (number | null)[] {
  if (maxTokens < fewTokens) return [maxTokens];
  if (hints.expectLong !== true) return [maxTokens, null];
  // A token is two bytes or more in nearly every language.
  const room = Math.ceil(Buffer.byteLength(messages.at(-1)?.text ?? '') / 2);
  return room < maxTokens ? [maxTokens, room] : [maxTokens];
}
