import type { Message } from '../../contract/conversation.ts';
import type { FinishReason } from '../../contract/engine.ts';
import type { AppErrorShape } from '../../contract/errors.ts';

/** What was written of an answer before it was broken off. */
export type Written = Pick<Message, 'text' | 'thinking'>;

const answerLength: AppErrorShape = { code: 'run/answer-length', message: 'the answer is as long as one may be' };
const modelFull: AppErrorShape = {
  code: 'run/model-full',
  message: 'question and answer fill what the model holds',
  action: 'new-chat',
};
export const cannotContinue: AppErrorShape = {
  code: 'run/cannot-continue',
  message: 'what there is of the answer fills the model, or was put together from parts of a long text',
  values: { keepsText: 1 },
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
const thoughtToTheLimit: AppErrorShape = { ...onlyThinking, values: { context: 'limit' } };

/** Whether nothing of it can be seen: white space, and what takes no place (U+200B and the like). */
function isBlank(text: string): boolean {
  return /^[\s\p{Cf}\p{Default_Ignorable_Code_Point}]*$/u.test(text);
}

/** How an answer stands that its model ended: one that cannot be seen is none. */
export function endBy(
  reason: FinishReason,
  text: string,
  thinking: string,
): { readonly state: Extract<Message['state'], 'complete' | 'cut' | 'failed'>; readonly error: AppErrorShape | null } {
  if (!isBlank(text)) {
    if (reason === 'stop') return { state: 'complete', error: null };
    return { state: 'cut', error: reason === 'full' ? modelFull : answerLength };
  }
  if (thinking === '') return { state: 'failed', error: reason === 'full' ? modelFull : emptyAnswer };
  return { state: 'failed', error: reason === 'stop' ? onlyThinking : thoughtToTheLimit };
}

/** The error of an answer that ended otherwise than it should, with whether something of it was written and stays. */
export function withKept(error: AppErrorShape, text: string): AppErrorShape {
  return isBlank(text) ? error : { ...error, values: { ...error.values, keepsText: 1 } };
}
