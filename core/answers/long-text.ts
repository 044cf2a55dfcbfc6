import type { Message } from '../../contract/conversation.ts';
import { languageOfText } from '../../text/language.ts';
import type { Attachment } from '../attachment.ts';

/** The texts of a question as one that may be too long for a model at once. */
export interface LongText {
  readonly text: string;
  /** What is to be done with it. */
  readonly instruction: string;
  /** `each`: the answers of the parts, one after another, are the answer (a translation). `merge`: they are notes for it. */
  readonly way: 'each' | 'merge';
  readonly language: 'en' | 'zh-CN';
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
