import type { DiffPiece } from '../../contract/changes.ts';
import type { Conversation, Message } from '../../contract/conversation.ts';
import { AppError } from '../../contract/errors.ts';
import { languageOfText } from '../../text/language.ts';
import type { Attachment } from '../attachment.ts';
import { plainAnswer } from '../text-filters/plain-answer.ts';
import { diffWords, withoutChanges } from './word-diff.ts';

export interface StoredChats {
  /** The conversation of a message; throws `conversation/not-found`. */
  readonly conversationOf: (messageId: string) => Conversation;
  /** Texts of a conversation's questions, by the questions' ids. */
  readonly attachmentsOf: (conversationId: string) => ReadonlyMap<string, readonly Attachment[]>;
}

/** An answer that can go back. */
export interface AnswerFound {
  readonly messageId: string;
  readonly conversationId: string;
  /** The question whose text came from a place; null when that is not known any more. */
  readonly question: Message | null;
  readonly text: string;
}

/** A longer text is not told as changes: finding them would take long, and nobody reads them all. */
const longestChanged = 20_000;

/** Stored answers as they go into documents. */
export class AnswerTexts {
  readonly #chats: StoredChats;
  readonly #hasPlace: (questionId: string) => boolean;

  constructor(chats: StoredChats, hasPlace: (questionId: string) => boolean) {
    this.#chats = chats;
    this.#hasPlace = hasPlace;
  }

  /** Throws `put-back/target-gone` when there is no such answer or nothing in it, and `conversation/not-found`. */
  find(messageId: string): AnswerFound {
    const { id: conversationId, messages } = this.#chats.conversationOf(messageId);
    const at = messages.findIndex(({ id }) => id === messageId);
    const answer = messages[at];
    // A follow-up such as "shorter" still belongs to the text of an earlier question.
    const question = messages.slice(0, at).findLast(({ id, role }) => role === 'user' && this.#hasPlace(id)) ?? null;
    const source = question === null ? null : this.#sourceOf(conversationId, question.id);
    const text = answer === undefined ? '' : plainAnswer(answer.text, source ?? '');
    if (answer === undefined || text === '')
      throw new AppError('put-back/target-gone', 'there is no answer to put back');
    return { messageId, conversationId, question, text };
  }

  /** What an answer changes in its text; empty when it is no changed form of one. Throws `conversation/not-found`. */
  changes(messageId: string): readonly DiffPiece[] {
    const { id, messages } = this.#chats.conversationOf(messageId);
    const at = messages.findIndex((message) => message.id === messageId);
    const [question, answer] = [messages[at - 1], messages[at]];
    if (answer?.state !== 'complete' || question?.action?.diff !== true) return [];
    const source = this.#sourceOf(id, question.id);
    if (source === null || source.length > longestChanged) return [];
    const after = plainAnswer(answer.text, source);
    return diffWords(source, after, languageOfText(after));
  }

  /** The text of an answer with some of its changes, by their numbers, not made. */
  without({ messageId, text }: AnswerFound, leftOut: readonly number[]): string {
    return leftOut.length === 0 ? text : withoutChanges(this.changes(messageId), new Set(leftOut));
  }

  /** The text that a question is about. */
  #sourceOf(conversationId: string, questionId: string): string | null {
    const attachments = this.#chats.attachmentsOf(conversationId).get(questionId) ?? [];
    return attachments.find(({ kind }) => kind !== 'window')?.text ?? null;
  }
}
