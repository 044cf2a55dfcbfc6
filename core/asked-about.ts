import type { Conversation, Message } from '../contract/conversation.ts';
import type { Attachment } from './attachment.ts';

export interface AskedAboutParts {
  /** Throws `conversation/not-found`. */
  readonly conversationOf: (messageId: string) => Conversation;
  readonly attachmentsOf: (conversationId: string) => ReadonlyMap<string, readonly Attachment[]>;
}

/** An answer and the texts that it is about; titles of windows are none. */
export interface AskedAbout {
  readonly answer: Message;
  readonly before: readonly Message[];
  readonly texts: readonly Attachment[];
}

/**
 * The texts that went along with the question of an answer, or, for a follow-up, with the last question that had some. Null
 * for what is no answer, or is about no text.
 */
export function askedAbout(messageId: string, { conversationOf, attachmentsOf }: AskedAboutParts): AskedAbout | null {
  const { id, messages } = conversationOf(messageId);
  const at = messages.findIndex((message) => message.id === messageId);
  const answer = messages[at];
  const attachments = attachmentsOf(id);
  const before = messages.slice(0, at);
  const about = before.findLast((message) => (attachments.get(message.id) ?? []).length > 0);
  if (answer?.role !== 'assistant' || about === undefined) return null;
  return { answer, before, texts: (attachments.get(about.id) ?? []).filter(({ kind }) => kind !== 'window') };
}
