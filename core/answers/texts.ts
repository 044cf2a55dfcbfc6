import type { Message } from '../../contract/conversation.ts';
import { languageOfText } from '../../text/language.ts';
import type { Attachment } from '../attachment.ts';
import { turnsOf } from './prompt.ts';

/** The texts of a question as one that may be too long for a model at once. */
export interface LongText {
  readonly text: string;
  /** What is to be done with it. */
  readonly instruction: string;
  /** `each`: the answers of the parts, one after another, are the answer (a translation). `merge`: they are notes for it. */
  readonly way: 'each' | 'merge';
  readonly language: 'en' | 'zh-CN';
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
