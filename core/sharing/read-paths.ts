import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { cardLimitBytes } from '../../contract/card.ts';
import { AppError, type AppErrorShape, toErrorShape } from '../../contract/errors.ts';
import { formatBytes, pictureFormatOf } from '../../models/sight/picture-format.ts';

/** A pack with more is not looked through. */
const mostFiles = 200;
/** All of it is told to a page at once. */
const mostBytes = 4_000_000;
/** Pictures are larger, and may carry an answer card each. */
const mostPictureBytes = 20_000_000;

/** The bytes of a file that may be an atom, or why there are none. */
export type ReadFile =
  | {
      readonly fileName: string;
      readonly bytes: Uint8Array;
      /** The folder that it lies in, where that is its name: a skill's or a pattern's. */
      readonly folder?: string;
      /** Folders beside it, such as a skill's scripts, which are left where they are. */
      readonly beside?: readonly string[];
    }
  | { readonly fileName: string; readonly error: AppErrorShape };

/** Reads files, and of a folder those in it that may be atoms; what cannot be read is told with its reason. */
export function readPaths(paths: readonly string[]): readonly ReadFile[] {
  const files = paths.flatMap((path): readonly (string | ReadFile)[] => (isFolder(path) ? inFolder(path) : [path]));
  const read: ReadFile[] = [];
  let length = 0;
  let pictures = 0;
  for (const file of files.slice(0, mostFiles)) {
    if (length > mostBytes || pictures > mostPictureBytes) break;
    const one = typeof file === 'string' ? readOne(file) : file;
    if ('bytes' in one && isPicture(one.bytes)) pictures += one.bytes.byteLength;
    else if ('bytes' in one) length += one.bytes.byteLength;
    read.push(one);
  }
  const rest = files.length - read.length;
  if (rest <= 0) return read;
  const error = toErrorShape(new AppError('atom/too-many', `${rest} more`, { values: { most: read.length } }));
  return [...read, { fileName: '', error }];
}

export function isPicture(bytes: Uint8Array): boolean {
  return pictureFormatOf(bytes.subarray(0, formatBytes)) !== null;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function inFolder(folder: string): readonly (string | ReadFile)[] {
  const fileName = basename(folder);
  try {
    const inside = readdirSync(folder)
      .filter((name) => !name.startsWith('.'))
      .sort();
    const names = inside.filter((name) => name.endsWith('.json') || isForeign(name));
    if (names.length > 0) return names.map((name) => join(folder, name));
    const foreign = inside.flatMap((name) => foreignIn(join(folder, name)));
    if (foreign.length > 0) return foreign;
  } catch (error) {
    return [{ fileName, error: toErrorShape(unreadable(fileName, error)) }];
  }
  return [{ fileName, error: toErrorShape(new AppError('atom/none-inside', folder, { values: { file: fileName } })) }];
}

/** A file that another program keeps instructions in. */
function isForeign(name: string): boolean {
  return /^(?:skill|system)\.md$/i.test(name);
}

/** Skills and patterns each have a folder of their own; deeper nothing is looked for. */
function foreignIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter(isForeign)
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function foldersBeside(path: string): readonly string[] {
  try {
    return readdirSync(dirname(path), { withFileTypes: true })
      .filter((one) => one.isDirectory())
      .map(({ name }) => name)
      .slice(0, 20);
  } catch {
    return [];
  }
}

function readOne(path: string): ReadFile {
  const fileName = basename(path);
  try {
    const bytes = readBytes(path, fileName);
    if (!isForeign(fileName)) return { fileName, bytes };
    return { fileName, bytes, folder: basename(dirname(path)), beside: foldersBeside(path) };
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
    const first = readUpTo(opened, Math.min(stats.size, cardLimitBytes + 1));
    if (!isPicture(first) || first.length >= stats.size) return first;
    if (stats.size > mostPictureBytes)
      throw new AppError('atom/too-large', file, { values: { file, limitBytes: mostPictureBytes } });
    return Buffer.concat([first, readUpTo(opened, stats.size - first.length)]);
  } finally {
    closeSync(opened);
  }
}

function readUpTo(opened: number, most: number): Buffer {
  const bytes = Buffer.alloc(most);
  let length = 0;
  for (let got = 1; got > 0 && length < bytes.length; length += got)
    got = readSync(opened, bytes, length, bytes.length - length, null);
  return bytes.subarray(0, length);
}

function unreadable(file: string, error: unknown): AppError {
  return new AppError('atom/no-file', String(error), { values: { file } }, error);
}
