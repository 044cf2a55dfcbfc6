import type { Message } from '../../contract/conversation.ts';

/** Whether the answer at `index` is a finished, changed form of the text that went along with its question. */
export function isChangedText(messages: readonly Message[], index: number): boolean {
  const answer = messages[index];
  const question = messages[index - 1];
  if (answer?.state !== 'complete' || question?.action?.diff !== true) return false;
  return question.attachments.some(({ kind }) => kind !== 'window');
}

/** The id of the last answer, when it is whole and no changed form of its text. */
export function idOfPlainAnswer(messages: readonly Message[]): string | null {
  const last = messages.at(-1);
  if (last?.role !== 'assistant' || last.state !== 'complete') return null;
  return isChangedText(messages, messages.length - 1) ? null : last.id;
}
