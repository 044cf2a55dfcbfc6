import type { Message } from '../../contract/conversation.ts';
import type { ErrorAction } from '../../contract/errors.ts';

/** The one next step that a stopped, cut or failed answer offers. What is there of it is gone on with where that can be. */
export function nextStepOf(message: Message): ErrorAction {
  const step = message.error?.action ?? 'try-again';
  if (step !== 'try-again' && step !== 'continue') return step;
  return message.canGoOn ? 'continue' : 'try-again';
}
