import type { DocumentNote } from '../../contract/document.ts';
import { AppError } from '../../contract/errors.ts';
import { doubtBelow, type SightLine } from '../../contract/sight.ts';
import { formatBytes } from '../../models/sight/picture-format.ts';
import type { Picture, PictureReader } from '../sight/pictures.ts';
import type { OpenFile } from './open-file.ts';
import type { ReadFile, ReadProgress } from './read-file.ts';

/** Stands behind a line that may be wrong, in the words of those who write down what they hear. */
const doubtMark = ' [unclear]';

/**
 * Reads the text of a picture, a line of it a line; those that are doubtful say so themselves, since whoever is asked about
 * it sees nothing else. Throws `picture/…` with its name, or the abort reason.
 */
export async function readPicture(
  name: string,
  picture: Picture,
  reader: PictureReader,
  signal: AbortSignal,
  onProgress: (progress: ReadProgress) => void,
): Promise<ReadFile> {
  const about = { kind: 'picture', bytes: picture.byteLength } as const;
  const lines: SightLine[] = [];
  let total = 0;
  let morePages = 0;
  onProgress({ ...about, extent: null });
  try {
    for await (const part of reader.read(picture, signal)) {
      if (part.type === 'found') {
        total = part.lines;
        morePages = part.morePages ?? 0;
      }
      if (part.type === 'line') lines.push(part);
      if (total > 0) onProgress({ ...about, extent: { unit: 'line', read: Math.min(lines.length, total), total } });
    }
  } catch (error) {
    signal.throwIfAborted();
    throw named(error, name);
  }
  const text = lines.map((line) => (isDoubtful(line) ? `${line.text}${doubtMark}` : line.text)).join('\n');
  if (text.trim() === '') throw named(new AppError('picture/no-text', 'no line was found'), name);
  const count = lines.filter(isDoubtful).length;
  const extent = { unit: 'line', read: lines.length, total: lines.length } as const;
  const locator = { unit: 'line', first: 1, last: lines.length } as const;
  return {
    ...about,
    name,
    text,
    extent,
    positions: { ...extent, sections: [{ start: 0, locator }] },
    notes: notesOf(count, morePages),
  };
}

/** A file as a picture; its bytes are read once, from its beginning. */
export async function pictureOf({ handle, bytes }: OpenFile): Promise<Picture> {
  const head = Buffer.alloc(formatBytes);
  const { bytesRead } = await handle.read(head, 0, formatBytes, 0);
  return {
    byteLength: bytes,
    head: head.subarray(0, bytesRead),
    bytes: async () => {
      const all = Buffer.alloc(bytes);
      const read = await handle.read(all, 0, bytes, 0);
      return all.subarray(0, read.bytesRead);
    },
  };
}

/** A picture that is in memory, such as one from the clipboard. */
export function pictureIn(bytes: Uint8Array): Picture {
  return { byteLength: bytes.byteLength, head: bytes.subarray(0, formatBytes), bytes: async () => bytes };
}

function notesOf(doubtful: number, morePages: number): readonly DocumentNote[] {
  const notes: DocumentNote[] = [];
  if (morePages > 0) notes.push({ note: 'pages-unread', count: morePages, why: 'first-only' });
  if (doubtful > 0) notes.push({ note: 'doubtful', count: doubtful });
  return notes;
}

function isDoubtful({ confidence }: SightLine): boolean {
  return confidence < doubtBelow;
}

function named(error: unknown, file: string): AppError {
  const { code, message, detail } =
    error instanceof AppError ? error : new AppError('picture/reader-died', String(error));
  return new AppError(code, message, { ...detail, values: { ...detail.values, file } });
}
