import { AppError, type ErrorCode } from '../contract/errors.ts';

/** The result of `work`, or an error with `code` after `ms` milliseconds: another application may never answer. */
export function withTimeLimit<Value>(
  work: Promise<Value>,
  ms: number,
  code: ErrorCode = 'desktop/not-answering',
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new AppError(code, `no answer within ${ms} ms`)), ms);
    work.then(resolve, reject).finally(() => clearTimeout(limit));
  });
}
