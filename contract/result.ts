import type { AppErrorShape } from './errors.ts';

/** What every request is answered with. Nothing that crosses a process boundary rejects bare. */
export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: AppErrorShape };

export function success<Value>(value: Value): Result<Value> {
  return { ok: true, value };
}

export function failure(error: AppErrorShape): Result<never> {
  return { ok: false, error };
}
