import { questionLimit } from '../../contract/conversation.ts';
import { AppError } from '../../contract/errors.ts';

/** Text as it can be stored and shown anywhere: lone surrogates and NUL bytes become the replacement character. */
export function wellFormed(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}

/** A question as it is kept. Throws `message/empty` and `message/too-large`. */
export function readQuestion(text: string): string {
  if (text.length > questionLimit) {
    throw new AppError('message/too-large', `${text.length} characters`, {
      values: { length: text.length, limit: questionLimit },
      action: 'shorten',
    });
  }
  const clean = wellFormed(text).trim();
  if (clean === '') throw new AppError('message/empty', 'the question is empty');
  return clean;
}
