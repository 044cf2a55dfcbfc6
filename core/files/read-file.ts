import {
  type DocumentKind,
  type DocumentNote,
  type Extent,
  extentOf,
  type TextPositions,
} from '../../contract/document.ts';
import { AppError } from '../../contract/errors.ts';
import { pictureFormatOf } from '../../models/sight/picture-format.ts';
import type { FileOrigin } from '../attachment.ts';
import type { PictureReader } from '../sight/pictures.ts';
import { GatheredSections } from './gathered-sections.ts';
import { type OpenFile, openFile } from './open-file.ts';
import type { ReadCache } from './read-cache.ts';
import { pictureOf, readPicture } from './read-picture.ts';
import { type ReadScans, readScans, type ScanProgress } from './read-scans.ts';
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
  /** Absent for a picture that lies on no disk. */
  readonly origin?: FileOrigin;
}

export interface ReadProgress {
  readonly kind: DocumentKind;
  readonly bytes: number;
  /** How much so far and of how much; null where only the end tells. */
  readonly extent: Extent | null;
  /** Set while pages are read as pictures. */
  readonly pictures?: ScanProgress;
}

export interface ReadOptions extends ReaderOptions {
  /** Reads pictures; without it they are a kind that is not read. */
  readonly pictures?: PictureReader;
  /** Documents that were read a moment ago. */
  readonly cache?: ReadCache;
  /** Pages of one document that are read as pictures. */
  readonly pageLimit?: number;
}

/** Reads a file, by what it is and not by its name. Throws `file/…` or `picture/…` with the file's name. */
export async function readFile(
  path: string,
  options: ReadOptions,
  signal: AbortSignal,
  onProgress: (progress: ReadProgress) => void,
): Promise<ReadFile> {
  const file = await openFile(path);
  const origin = { path, bytes: file.bytes, modifiedMs: file.modifiedMs };
  try {
    const { pictures } = options;
    const picture = pictures === undefined ? null : await pictureOf(file);
    if (pictures !== undefined && picture !== null && pictureFormatOf(picture.head) !== null)
      return { ...(await readPicture(file.name, picture, pictures, signal, onProgress)), origin };
    return { ...(await readOnce(file, options, signal, onProgress)), origin };
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
  const isWhole = read.extent.read >= read.extent.total && !read.notes.some(isForWantOfModel);
  if (key !== null && isWhole) cache?.put(key, read);
  return read;
}

export function isForWantOfModel(note: DocumentNote): boolean {
  return note.note === 'pages-unread' && note.why === 'no-model';
}

/**
 * Reads a document in processes of its own. When one of them ends early, the sections that were read by then are kept: the
 * extent tells how many of how many. Pages that are pictures are read as such. Throws `file/…` with the file's name, or
 * `picture/no-model`.
 */
async function readDocument(
  file: OpenFile,
  options: ReadOptions,
  signal: AbortSignal,
  onProgress: (progress: ReadProgress) => void,
): Promise<ReadFile> {
  const { name, bytes } = file;
  const named = ({ code, message, detail }: AppError) =>
    new AppError(code, message, { ...detail, values: { ...detail.values, file: name } });
  const gathered = await gather(file, options, signal, onProgress).catch((error: unknown) => {
    signal.throwIfAborted();
    throw named(error instanceof AppError ? error : failed('file/reader-died', String(error), null));
  });
  const scans = await readItsScans(file, gathered, options, signal, onProgress);
  const { about, text, positions, notes } = scans === null ? gathered : gathered.withTexts(scans.texts);
  if (about === null || positions === null) throw named(failed('file/reader-died', 'it told nothing', null));
  const { code, below } = about.withoutText;
  if (text.trim().length < below) throw named(scans?.cause ?? failed(code, 'no text came', null));
  const all = [...notes, ...(scans?.notes ?? [])];
  return { name, bytes, kind: about.kind, text, positions, extent: extentOf(positions), notes: all };
}

/** The sections of a document, as many as came; throws where they are not even a part that can be told as one. */
async function gather(
  file: OpenFile,
  options: ReaderOptions,
  signal: AbortSignal,
  onProgress: (progress: ReadProgress) => void,
): Promise<GatheredSections> {
  const gathered = new GatheredSections();
  try {
    for await (const part of readSections(file, null, options, signal)) {
      if (part.type === 'failure') throw failed(part.code, part.message, part.kind);
      gathered.take(part);
      const { kind, extent } = gathered;
      if (kind !== null) onProgress({ kind, bytes: file.bytes, extent });
      if (gathered.full) break;
    }
    if (!gathered.whole && !gathered.canBeCut) throw missingEnd(gathered);
  } catch (error) {
    if (signal.aborted || !gathered.canBeCut) throw error;
  }
  return gathered;
}

/** Reads the pages of a PDF that may be pictures; null where there are none, or nothing here reads pictures. */
async function readItsScans(
  file: OpenFile,
  { askedPages, kind, extent }: GatheredSections,
  options: ReadOptions,
  signal: AbortSignal,
  onProgress: (progress: ReadProgress) => void,
): Promise<ReadScans | null> {
  const { pictures } = options;
  if (pictures === undefined || kind === null || askedPages.length === 0) return null;
  return readScans(file, askedPages, { ...options, pictures }, signal, (progress) =>
    onProgress({ kind, bytes: file.bytes, extent, pictures: progress }),
  );
}

/** Why a document of unknown length was not read to its end. */
function missingEnd({ full }: GatheredSections): AppError {
  if (full) return failed('file/too-large', 'more text than is taken', null);
  return failed('file/too-slow', 'its end was not reached', null);
}

function failed(code: AppError['code'], message: string, kind: string | null): AppError {
  return new AppError(code, message, kind === null ? {} : { values: { kind } });
}
