import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AppError, type AppErrorShape, toErrorShape } from '../../contract/errors.ts';
import { sharedLimitBytes } from './read-shared.ts';

/** A pack with more is not looked through. */
const mostFiles = 200;

/** The bytes of a file that may be an atom, or why there are none. */
export type ReadFile =
  | { readonly fileName: string; readonly bytes: Uint8Array }
  | { readonly fileName: string; readonly error: AppErrorShape };

/** Reads files, and of a folder those in it that may be atoms; what cannot be read is told with its reason. */
export function readPaths(paths: readonly string[]): readonly ReadFile[] {
  const files = paths.flatMap((path): readonly (string | ReadFile)[] => (isFolder(path) ? inFolder(path) : [path]));
  const read = files.slice(0, mostFiles).map((file) => (typeof file === 'string' ? readOne(file) : file));
  const rest = files.length - read.length;
  if (rest <= 0) return read;
  const error = toErrorShape(new AppError('atom/too-many', `${rest} more`, { values: { most: mostFiles } }));
  return [...read, { fileName: '', error }];
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function inFolder(folder: string): readonly (string | ReadFile)[] {
  const fileName = basename(folder);
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.json') && !name.startsWith('.'));
    if (names.length > 0) return names.sort().map((name) => join(folder, name));
  } catch (error) {
    return [{ fileName, error: toErrorShape(unreadable(fileName, error)) }];
  }
  return [{ fileName, error: toErrorShape(new AppError('atom/none-inside', folder, { values: { file: fileName } })) }];
}

function readOne(path: string): ReadFile {
  const fileName = basename(path);
  try {
    return { fileName, bytes: readBytes(path, fileName) };
  } catch (error) {
    return { fileName, error: toErrorShape(error) };
  }
}

/** Never waits: a pipe or a device is refused, also one that takes the place of a file meanwhile. */
function readBytes(path: string, file: string): Uint8Array {
  let opened: number;
  try {
    opened = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw unreadable(file, error);
  }
  try {
    const stats = fstatSync(opened);
    if (!stats.isFile()) throw new AppError('atom/no-file', `${file} is no file`, { values: { file } });
    const limit = sharedLimitBytes + 1;
    const bytes = Buffer.alloc(Math.min(stats.size, limit));
    let length = 0;
    for (let got = 1; got > 0 && length < bytes.length; length += got)
      got = readSync(opened, bytes, length, bytes.length - length, null);
    return bytes.subarray(0, length);
  } finally {
    closeSync(opened);
  }
}

function unreadable(file: string, error: unknown): AppError {
  return new AppError('atom/no-file', String(error), { values: { file } }, error);
}
