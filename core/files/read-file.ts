import {
  type DocumentKind,
  type DocumentNote,
  type Extent,
  extentOf,
  type TextPositions,
} from '../../contract/document.ts';
import { AppError } from '../../contract/errors.ts';
import { pictureFormatOf } from '../../models/sight/picture-format.ts';
import type { PictureReader } from '../sight/pictures.ts';
import { GatheredSections } from './gathered-sections.ts';
import { type OpenFile, openFile } from './open-file.ts';
import type { ReadCache } from './read-cache.ts';
import { pictureOf, readPicture } from './read-picture.ts';
import { readSections } from './read-sections.ts';
import type { ReaderOptions } from './reader-process.ts';

/** A document as it was read: its text, and where its sections stand in it. */
export interface ReadFile {
  readonly name: string;
  readonly kind: DocumentKind;
  readonly bytes: number;
  readonly text: string;
  readonly positions: TextPositions;
  readonly extent: Extent;
  readonly notes: readonly DocumentNote[];
}

export interface ReadProgress {
  readonly kind: DocumentKind;
  readonly bytes: number;
  /** How much so far and of how much; null where only the end tells. */
  readonly extent: Extent | null;
}

export interface ReadOptions extends ReaderOptions {
  /** Reads pictures; without it they are a kind that is not read. */
  readonly pictures?: PictureReader;
  /** Documents that were read a moment ago. */
  readonly cache?: ReadCache;
}

/** Reads a file, by what it is and not by its name. Throws `file/…` or `picture/…` with the file's name. */
export async function readFile(
  path: string,
  options: ReadOptions,
  signal: AbortSignal,
  onProgress: (progress: ReadProgress) => void,
): Promise<ReadFile> {
  const file = await openFile(path);
  try {
    const { pictures } = options;
    const picture = pictures === undefined ? null : await pictureOf(file);
    if (pictures !== undefined && picture !== null && pictureFormatOf(picture.head) !== null)
      return await readPicture(file.name, picture, pictures, signal, onProgress);
    return await readOnce(file, options, signal, onProgress);
  } finally {
    await file.handle.close();
  }
}

/** What was read to its end is not read again. */
async function readOnce(
  file: OpenFile,
  { cache, ...options }: ReadOptions,
  signal: AbortSignal,
  onProgress: (progress: ReadProgress) => void,
): Promise<ReadFile> {
  const key = (await cache?.keyOf(file, options.encoding ?? '', signal)) ?? null;
  const known = key === null ? null : (cache?.get(key) ?? null);
  if (known !== null) return known;
  const read = await readDocument(file, options, signal, onProgress);
  if (key !== null && read.extent.read >= read.extent.total) cache?.put(key, read);
  return read;
}

/**
 * Reads a document in processes of its own. When one of them ends early, the sections that were read by then are kept: the
 * extent tells how many of how many. Throws `file/…` with the file's name.
 */
async function readDocument(
  file: OpenFile,
  options: ReaderOptions,
  signal: AbortSignal,
  onProgress: (progress: ReadProgress) => void,
): Promise<ReadFile> {
  const { name, bytes } = file;
  const gathered = new GatheredSections();
  const named = ({ code, message, detail }: AppError) =>
    new AppError(code, message, { values: { ...detail.values, file: name } });
  try {
    for await (const part of readSections(file, null, options, signal)) {
      if (part.type === 'failure') throw failed(part.code, part.message, part.kind);
      gathered.take(part);
      const { kind, extent } = gathered;
      if (kind !== null) onProgress({ kind, bytes, extent });
      if (gathered.full) break;
    }
    if (!gathered.whole && !gathered.canBeCut) throw missingEnd(gathered);
  } catch (error) {
    signal.throwIfAborted();
    const cause = error instanceof AppError ? error : failed('file/reader-died', String(error), null);
    if (!gathered.canBeCut) throw named(cause);
  }
  const { about, text, positions, notes } = gathered;
  if (about === null || positions === null) throw named(failed('file/reader-died', 'it told nothing', null));
  const { code, below } = about.withoutText;
  if (text.trim().length < below) throw named(failed(code, 'no text came', null));
  return { name, bytes, kind: about.kind, text, positions, extent: extentOf(positions), notes };
}

/** Why a document of unknown length was not read to its end. */
function missingEnd({ full }: GatheredSections): AppError {
  if (full) return failed('file/too-large', 'more text than is taken', null);
  return failed('file/too-slow', 'its end was not reached', null);
}

function failed(code: AppError['code'], message: string, kind: string | null): AppError {
  return new AppError(code, message, kind === null ? {} : { values: { kind } });
}
