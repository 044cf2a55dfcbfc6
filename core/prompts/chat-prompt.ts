import type { Message } from '../../contract/conversation.ts';
import type { PromptMessage } from '../../contract/engine.ts';
import type { Attachment } from '../attachment.ts';
import { quote } from './delimiter.ts';
import { prompts } from './prompts.ts';
import { turnsBefore } from './turns.ts';

/** A conversation as a prompt for an answer: finished turns, then the question that is to be answered. */
export function chatPrompt(
  messages: readonly Message[],
  answerId: string,
  attachments: ReadonlyMap<string, readonly Attachment[]> = new Map(),
): PromptMessage[] {
  const turns = turnsBefore(messages, answerId).map((message): PromptMessage => {
    return { role: message.role, text: textOf(message, attachments.get(message.id) ?? []) };
  });
  return [{ role: 'system', text: attachments.size > 0 ? prompts.aboutText.en : prompts.chat.en }, ...turns];
}

/** A message as the model reads it: the texts first, what to do with them last. */
function textOf({ text, action }: Message, attachments: readonly Attachment[]): string {
  const asked = action?.instruction ?? text;
  if (attachments.length === 0) return asked;
  return `${attachments.map((attachment) => quote(attachment.text)).join('\n\n')}\n\n${asked}`;
}
