import type { Message } from '../../contract/conversation.ts';
import type { Attachment } from '../attachment.ts';
import { turnsBefore } from '../prompts/turns.ts';

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
  const texts = turnsBefore(messages, answerId).map(
    ({ id }) => (attachments.get(id) ?? []).filter(({ kind }) => kind !== 'window').length,
  );
  if (texts.findLastIndex((count) => count > 0) >= dropped) return 0;
  return texts.reduce((sum, count) => sum + count, 0);
}
