import type { Message } from '../../contract/conversation.ts';
import { languageOfText } from '../../text/language.ts';
import type { Attachment } from '../attachment.ts';
import type { LongText } from './in-parts.ts';

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
