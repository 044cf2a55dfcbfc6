import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename, isAbsolute } from 'node:path';
import { AppError, type ErrorCode } from '../../contract/errors.ts';

/** A file that may be read: a regular one, open. Whoever has it closes it. */
export interface OpenFile {
  readonly handle: FileHandle;
  readonly name: string;
  readonly bytes: number;
  /** When it was last written, in milliseconds since 1970. */
  readonly modifiedMs: number;
}

/** A disk that sleeps or a server that is gone would hold everything up. */
const openLimitMs = 5000;
const codes: Readonly<Record<string, ErrorCode>> = {
  ENOENT: 'file/not-found',
  ENOTDIR: 'file/not-found',
  ELOOP: 'file/not-found',
  EACCES: 'file/no-permission',
  EPERM: 'file/no-permission',
  EISDIR: 'file/folder',
  ENXIO: 'file/special',
  ENODEV: 'file/special',
};

/**
 * Opens a file for reading. Nothing is waited for: a pipe without a writer opens at once and is refused like any other
 * thing that is no regular file. Throws `file/…` with the file's name.
 */
export async function openFile(path: string): Promise<OpenFile> {
  const name = basename(path).toWellFormed() || path;
  const fail = (code: ErrorCode, why: string) => new AppError(code, why, { values: { file: name } });
  if (path === '') throw fail('file/no-path', 'what was dropped or pasted is no file on a disk');
  if (!isAbsolute(path) || path.includes('\0')) throw fail('file/not-found', 'not a whole path');
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);
  let handle: FileHandle;
  try {
    handle = await withLimit(open(path, flags), () => fail('file/too-slow', 'it could not be opened in time'));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw fail(codes[(error as NodeJS.ErrnoException).code ?? ''] ?? 'file/unreadable', String(error));
  }
  try {
    const stat = await handle.stat();
    if (stat.isDirectory()) throw fail('file/folder', 'a folder');
    if (!stat.isFile()) throw fail('file/special', 'a pipe, device or socket');
    return { handle, name, bytes: stat.size, modifiedMs: stat.mtimeMs };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** An open that comes too late is closed again. */
async function withLimit(opening: Promise<FileHandle>, error: () => AppError): Promise<FileHandle> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      opening.then((handle) => handle.close()).catch(() => {});
      reject(error());
    }, openLimitMs);
  });
  try {
    return await Promise.race([opening, limit]);
  } finally {
    clearTimeout(timer);
  }
}
