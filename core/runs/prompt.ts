import type { Message } from '../../contract/conversation.ts';
import type { PromptMessage } from '../../contract/engine.ts';

/**
 * What the model is told of itself. It is the same for every conversation, so that its evaluated form is shared.
 */
export const systemPrompt =
  'You are Beckon, a helpful assistant on the user’s own computer. Answer in the language of the question, briefly and plainly. Use Markdown only where it helps. If you do not know, say so.';

/** A conversation as a prompt: finished turns, then the question that is to be answered. Empty answers are left out. */
export function promptOf(messages: readonly Message[], answerId: string): PromptMessage[] {
  const end = messages.findIndex(({ id }) => id === answerId);
  const before = end < 0 ? messages : messages.slice(0, end);
  const prompt: PromptMessage[] = [{ role: 'system', text: systemPrompt }];
  for (const [index, message] of before.entries()) {
    if (message.text === '') continue;
    // A question whose answer failed without a word is not answered twice: the model would see two questions in a row.
    const next = before[index + 1];
    const unanswered = message.role === 'user' && next !== undefined && next.role === 'assistant' && next.text === '';
    if (!unanswered) prompt.push({ role: message.role, text: message.text });
  }
  return prompt;
}
