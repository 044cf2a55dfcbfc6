import { AppError } from '../../contract/errors.ts';
import { AnswerTexts, type StoredChats } from './answer-texts.ts';
import { toRichText } from './rich-text.ts';
import { withoutChanges } from './word-diff.ts';

/** Copies the answer of a message; false when nothing could. `leftOut`: numbers of its changes that are not made. */
export type CopyAnswer = (messageId: string, leftOut?: readonly number[]) => Promise<boolean>;

/**
 * An answer as it is copied: its Markdown as it was written, so that formulas and tables come along as text, and the rich
 * text of the same tree that the page draws. A changed text is copied as it would go into its document.
 */
export function createCopyAnswer(
  chats: StoredChats,
  copy: (text: string, html?: string) => Promise<boolean>,
): CopyAnswer {
  const texts = new AnswerTexts(chats, () => false);
  return async (messageId, leftOut = []) => {
    const answer = chats.conversationOf(messageId).messages.find(({ id }) => id === messageId);
    if (answer === undefined || answer.text === '') throw new AppError('conversation/not-found', 'no answer to copy');
    const changes = texts.changes(messageId);
    if (changes.length > 0) return copy(withoutChanges(changes, new Set(leftOut)));
    return copy(answer.text, toRichText(answer.text)?.html);
  };
}
