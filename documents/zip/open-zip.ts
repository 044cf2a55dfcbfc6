import { pipeline, type Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { type Entry, fromFdPromise, fromRandomAccessReaderPromise, type ZipFile } from 'yauzl';
import { AppError } from '../../contract/errors.ts';
import type { ReadBudget } from '../budget.ts';
import type { DocumentInput } from '../input.ts';
import { memberName, partName } from './member-name.ts';
import { endOfArchive, MendedFile } from './mended-end.ts';

/** The method that packs nearly all members (APPNOTE 4.4.5). */
const deflate = 8;
const pieceBytes = 128 * 1024;

/** A member of an archive as its directory tells of it. */
export interface ZipMember {
  readonly name: string;
  /** Bytes, unpacked; as it says. */
  readonly bytes: number;
  readonly isFolder: boolean;
  readonly isLocked: boolean;
}

/** The parts of a document that is a ZIP archive. Every part that is unpacked counts in one budget. */
export interface ZipParts {
  /** In the order of the directory, whatever their names. */
  readonly members: readonly ZipMember[];
  has(part: string): boolean;
  /** The bytes of a part, as they are unpacked; none for one that is not there. Throws `file/…`. */
  chunks(part: string): AsyncGenerator<Buffer>;
}

/**
 * Reads the directory of an archive; nothing is unpacked. Throws `file/damaged` where there is none or where two parts have
 * one name, since then nobody can tell which of them another program shows.
 */
export async function openZip(input: DocumentInput, budget: ReadBudget): Promise<ZipParts> {
  const file = await directoryOf(input);
  const members: ZipMember[] = [];
  const parts = new Map<string, Entry>();
  const twice = new Set<string>();
  for await (const entry of entriesOf(file)) {
    budget.takeEntry();
    const name = memberName(entry.fileNameRaw);
    members.push({
      name,
      bytes: entry.uncompressedSize,
      isFolder: /[\\/]$/.test(name),
      isLocked: entry.isEncrypted(),
    });
    const part = partName(name);
    if (part === null) continue;
    if (parts.has(part)) twice.add(part);
    parts.set(part, entry);
  }
  return {
    members,
    has: (part) => parts.has(part),
    chunks: async function* (part) {
      const entry = parts.get(part);
      if (entry === undefined) return;
      if (twice.has(part)) throw damaged(`two members are called ${part}`);
      yield* unpacked(file, entry, budget);
    },
  };
}

async function* unpacked(file: ZipFile, entry: Entry, budget: ReadBudget): AsyncGenerator<Buffer> {
  if (entry.isEncrypted()) throw new AppError('file/locked', 'a part of it is encrypted');
  budget.expectBytes(entry.uncompressedSize);
  let stream: Readable | null = null;
  let bytes = 0;
  try {
    stream = await streamOf(file, entry);
    for await (const chunk of stream) {
      if (!Buffer.isBuffer(chunk)) continue;
      bytes += chunk.length;
      if (bytes > entry.uncompressedSize) throw damaged('a part of it is longer than it says');
      budget.takeBytes(chunk.length);
      yield chunk;
    }
  } catch (error) {
    throw error instanceof AppError ? error : damaged(error);
  } finally {
    stream?.destroy();
  }
  if (bytes < entry.uncompressedSize) throw damaged('a part of it is shorter than it says');
}

/** The bytes of a member, in pieces of the size that costs least: the library's own are of 16 KB, each a turn of the loop. */
async function streamOf(file: ZipFile, entry: Entry): Promise<Readable> {
  const isDeflated = entry.compressionMethod === deflate;
  const stream = await file.openReadStreamPromise(entry, isDeflated ? { decodeFileData: false } : {});
  if (!isDeflated) return stream;
  const inflated = createInflateRaw({ chunkSize: pieceBytes });
  // Its end, or its failure, is told by what is read from.
  pipeline(stream, inflated, () => {});
  return inflated;
}

async function directoryOf(input: DocumentInput): Promise<ZipFile> {
  // Names are decoded here, and whoever opened the file closes it.
  const options = { autoClose: false, decodeStrings: false, validateEntrySizes: true };
  try {
    const end = endOfArchive(input);
    if (end === null || end === input.bytes) return await fromFdPromise(input.descriptor, options);
    return await fromRandomAccessReaderPromise(new MendedFile(input), end, options);
  } catch (error) {
    throw damaged(error);
  }
}

async function* entriesOf(file: ZipFile): AsyncGenerator<Entry> {
  const entries = file.eachEntry()[Symbol.asyncIterator]();
  for (;;) {
    const next = await entries.next().catch((error: unknown) => {
      throw damaged(error);
    });
    if (next.done === true) return;
    yield next.value;
  }
}

function damaged(error: unknown): AppError {
  return new AppError('file/damaged', error instanceof Error ? error.message : String(error));
}
