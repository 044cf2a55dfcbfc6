import type { Message } from '../../contract/conversation.ts';

/** Chats whose former answer is kept; of those before them it is gone. */
const mostChats = 30;

/** An answer that another model's stands in the place of, and the question of both. */
interface Former {
  readonly questionId: string;
  readonly answer: Message;
}

/** Answers that were asked for again of another model, to be compared, and taken back: in memory, one a chat. */
export class FormerAnswers {
  readonly #kept = new Map<string, Former>();

  keep(conversationId: string, questionId: string, answer: Message): void {
    this.#kept.delete(conversationId);
    if (answer.text === '') return;
    this.#kept.set(conversationId, { questionId, answer });
    for (const old of [...this.#kept.keys()].slice(0, -mostChats)) this.#kept.delete(old);
  }

  forget(conversationId: string): void {
    this.#kept.delete(conversationId);
  }

  /** The one of the chat's last question; null for none. */
  of(conversationId: string, messages: readonly Message[]): Message | null {
    const former = this.#kept.get(conversationId);
    const question = messages.findLast(({ role }) => role === 'user');
    return former !== undefined && former.questionId === question?.id ? former.answer : null;
  }
}
