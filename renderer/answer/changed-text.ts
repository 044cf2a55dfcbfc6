import type { Message } from '../../contract/conversation.ts';

/**
 * The text that the answer at `index` is a changed form of; null when it is something else, is not finished, or its text is
 * too long to be told whole.
 */
export function changedTextOf(messages: readonly Message[], index: number): string | null {
  const answer = messages[index];
  const question = messages[index - 1];
  const attachment = question?.attachments.find(({ kind }) => kind !== 'window');
  if (answer?.state !== 'complete' || question?.action?.diff !== true || attachment === undefined) return null;
  return attachment.excerpt.length === attachment.characters ? attachment.excerpt : null;
}
