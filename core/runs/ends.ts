import type { Message } from '../../contract/conversation.ts';
import type { AppErrorShape } from '../../contract/errors.ts';

const answerLength: AppErrorShape = { code: 'run/answer-length', message: 'the answer is as long as one may be' };
export const cannotContinue: AppErrorShape = {
  code: 'run/cannot-continue',
  message: 'what there is of the answer fills the model, or was put together from parts of a long text',
  action: 'try-again',
};
const emptyAnswer: AppErrorShape = {
  code: 'run/empty-answer',
  message: 'the answer ended and nothing was written',
  action: 'try-again',
};
const onlyThinking: AppErrorShape = {
  code: 'run/only-thinking',
  message: 'the answer ended after its thinking',
  action: 'try-again',
};

/** How an answer stands that its model ended: one of white space alone is none. */
export function endBy(
  reason: 'stop' | 'length',
  text: string,
  thinking: string,
): { readonly state: Extract<Message['state'], 'complete' | 'cut' | 'failed'>; readonly error: AppErrorShape | null } {
  if (text.trim() === '') return { state: 'failed', error: thinking === '' ? emptyAnswer : onlyThinking };
  return reason === 'length' ? { state: 'cut', error: answerLength } : { state: 'complete', error: null };
}
