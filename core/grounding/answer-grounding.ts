import type { Conversation } from '../../contract/conversation.ts';
import type { Grounding } from '../../contract/grounding.ts';
import { languageOfText } from '../../text/language.ts';
import type { Attachment } from '../attachment.ts';
import type { IndexCache } from './index-cache.ts';
import type { SentenceMeanings } from './sentence-meanings.ts';

export interface AnswerGroundingOptions {
  /** Throws `conversation/not-found`. */
  readonly conversationOf: (messageId: string) => Conversation;
  readonly attachmentsOf: (conversationId: string) => ReadonlyMap<string, readonly Attachment[]>;
  readonly indexes: IndexCache;
  readonly meanings: SentenceMeanings;
}

/**
 * Looks an answer up in the texts that went along with its question, or, for a follow-up, with the last question that had
 * some. Says nothing of an answer that takes the place of its text.
 */
export async function groundAnswer(
  messageId: string,
  byMeaning: boolean,
  { conversationOf, attachmentsOf, indexes, meanings }: AnswerGroundingOptions,
): Promise<Grounding> {
  const { id, messages } = conversationOf(messageId);
  const at = messages.findIndex((message) => message.id === messageId);
  const answer = messages[at];
  const attachments = attachmentsOf(id);
  const isAbout = ({ id: questionId }: { readonly id: string }) => (attachments.get(questionId) ?? []).length > 0;
  const about = messages.slice(0, at).findLast(isAbout);
  const action = messages.slice(0, at).findLast(({ role }) => role === 'user')?.action ?? null;
  if (answer?.role !== 'assistant' || about === undefined) return { status: 'nothing' };
  if (action !== null && action.grounded !== true) return { status: 'nothing' };
  const texts = (attachments.get(about.id) ?? []).filter(({ kind }) => kind !== 'window');
  const whole = texts.map(({ text }) => text).join('\n');
  const language = languageOfText(whole);
  if (whole === '' || answer.text === '') return { status: 'nothing' };
  if (languageOfText(answer.text) !== language) return { status: 'other-language' };
  return meanings.ground(await indexes.of(texts, language), answer.text, language, byMeaning);
}
