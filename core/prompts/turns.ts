import type { Message } from '../../contract/conversation.ts';

/** What of a conversation goes before an answer: finished turns, then the question. Empty answers are left out. */
export function turnsBefore(messages: readonly Message[], answerId: string): readonly Message[] {
  const end = messages.findIndex(({ id }) => id === answerId);
  const before = end < 0 ? messages : messages.slice(0, end);
  return before.filter(({ role, text }, index) => {
    // A question whose answer failed without a word is not answered twice: the model would see two questions in a row.
    const next = before[index + 1];
    const unanswered = role === 'user' && next !== undefined && next.role === 'assistant' && next.text === '';
    return text !== '' && !unanswered;
  });
}
