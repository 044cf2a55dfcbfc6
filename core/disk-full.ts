import { AppError } from '../contract/errors.ts';
import { sqliteCode } from './queries.ts';

/** SQLite's codes for a disk that fails: to read, to read all, to keep, to keep names, to tell a size, to be believed. */
const failingCodes = new Set([266, 522, 1034, 1290, 1802, 8202, 8458]);
const inputOutput = 10;

/** A full disk, or one that fails, as the person meets it; other errors as they are. */
export function withDiskFull(error: unknown): unknown {
  if (isFailing(error)) return new AppError('disk/failing', String(error), {}, error);
  if (!/disk is full|SQLITE_FULL|ENOSPC|disk I\/O/i.test(String(error))) return error;
  return new AppError('disk/full', String(error), { action: 'free-space' }, error);
}

/** Whether the disk itself gave an error: what is on it may be whole, and is not to be written over. */
export function isFailing(error: unknown): boolean {
  const { code, errcode } = (error ?? {}) as { readonly code?: unknown; readonly errcode?: unknown };
  if (code === 'EIO') return true;
  return sqliteCode(error) === inputOutput && failingCodes.has(Number(errcode));
}
