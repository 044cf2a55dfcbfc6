import { AppError } from '../contract/errors.ts';

/** A full disk as the person meets it; other errors as they are. */
export function withDiskFull(error: unknown): unknown {
  if (!/disk is full|SQLITE_FULL|ENOSPC|disk I\/O/i.test(String(error))) return error;
  return new AppError('disk/full', String(error), { action: 'free-space' }, error);
}
