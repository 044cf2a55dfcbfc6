import type { Message } from '../../contract/conversation.ts';
import type { PromptMessage } from '../../contract/engine.ts';
import type { Attachment } from '../attachment.ts';
import { quote, textSystemPrompt } from '../prompt-parts.ts';

/**
 * What the model is told of itself. It is the same for every conversation, so that its evaluated form is shared.
 */
export const systemPrompt =
  'You are Beckon, a helpful assistant on the user’s own computer. Answer in the language of the question, briefly and plainly. Use Markdown only where it helps. If you do not know, say so.';

/** A conversation as a prompt: finished turns, then the question that is to be answered. Empty answers are left out. */
export function promptOf(
  messages: readonly Message[],
  answerId: string,
  attachments: ReadonlyMap<string, readonly Attachment[]> = new Map(),
): PromptMessage[] {
  const turns = turnsOf(messages, answerId).map((message): PromptMessage => {
    return { role: message.role, text: textOf(message, attachments.get(message.id) ?? []) };
  });
  return [{ role: 'system', text: attachments.size > 0 ? textSystemPrompt : systemPrompt }, ...turns];
}

/** The turns of a conversation that a model is told before an answer. */
export function turnsOf(messages: readonly Message[], answerId: string): readonly Message[] {
  const end = messages.findIndex(({ id }) => id === answerId);
  const before = end < 0 ? messages : messages.slice(0, end);
  return before.filter(({ role, text }, index) => {
    // A question whose answer failed without a word is not answered twice: the model would see two questions in a row.
    const next = before[index + 1];
    const unanswered = role === 'user' && next !== undefined && next.role === 'assistant' && next.text === '';
    return text !== '' && !unanswered;
  });
}

/** A message as the model reads it: the texts first, what to do with them last. */
function textOf({ text, action }: Message, attachments: readonly Attachment[]): string {
  const asked = action?.instruction ?? text;
  if (attachments.length === 0) return asked;
  return `${attachments.map((attachment) => quote(attachment.text)).join('\n\n')}\n\n${asked}`;
}
