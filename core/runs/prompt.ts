import type { Message } from '../../contract/conversation.ts';
import type { PromptMessage } from '../../contract/engine.ts';
import { languageOfText } from '../../text/language.ts';
import type { Attachment } from '../attachment.ts';
import { quote, textSystemPrompt } from '../prompt-parts.ts';
import type { LongText } from './in-parts.ts';

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

function turnsOf(messages: readonly Message[], answerId: string): readonly Message[] {
  const end = messages.findIndex(({ id }) => id === answerId);
  const before = end < 0 ? messages : messages.slice(0, end);
  return before.filter(({ role, text }, index) => {
    // A question whose answer failed without a word is not answered twice: the model would see two questions in a row.
    const next = before[index + 1];
    const unanswered = role === 'user' && next !== undefined && next.role === 'assistant' && next.text === '';
    return text !== '' && !unanswered;
  });
}

/**
 * How many texts went along with earlier questions, when none of them is left in a prompt without its first `dropped` turns,
 * or without any text; else 0.
 */
export function lostTexts(
  messages: readonly Message[],
  answerId: string,
  attachments: ReadonlyMap<string, readonly Attachment[]>,
  dropped = Number.POSITIVE_INFINITY,
): number {
  const texts = turnsOf(messages, answerId).map(
    ({ id }) => (attachments.get(id) ?? []).filter(({ kind }) => kind !== 'window').length,
  );
  if (texts.findLastIndex((count) => count > 0) >= dropped) return 0;
  return texts.reduce((sum, count) => sum + count, 0);
}

/** The texts of the question that is to be answered, as one long one; null when it has none. */
export function longTextOf(
  messages: readonly Message[],
  ids: { readonly questionId: string },
  attachments: ReadonlyMap<string, readonly Attachment[]>,
): LongText | null {
  const question = messages.find(({ id }) => id === ids.questionId);
  const texts = attachments.get(ids.questionId) ?? [];
  if (question === undefined || texts.length === 0) return null;
  const text = texts.map((attachment) => attachment.text).join('\n\n');
  const { action } = question;
  return {
    text,
    instruction: action?.instruction ?? question.text,
    way: action?.output === 'replace' ? 'each' : 'merge',
    language: languageOfText(text),
  };
}

/** A message as the model reads it: the texts first, what to do with them last. */
function textOf({ text, action }: Message, attachments: readonly Attachment[]): string {
  const asked = action?.instruction ?? text;
  if (attachments.length === 0) return asked;
  return `${attachments.map((attachment) => quote(attachment.text)).join('\n\n')}\n\n${asked}`;
}
