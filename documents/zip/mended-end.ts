import { Readable } from 'node:stream';
import { RandomAccessReader } from 'yauzl';
import { type DocumentInput, readBytes } from '../input.ts';

/** The record at the end of an archive: its signature, its length without the comment, and where that length is told (APPNOTE 4.3.16). */
const end = { signature: Buffer.from('PK\x05\x06'), bytes: 22, comment: 20 } as const;
const mostComment = 65_535;
const pieceBytes = 64 * 1024;

/**
 * Where an archive ends by what its last record says: before the end of the file where something was put behind it, and after
 * that where a download was cut within its comment. Null where there is no such record.
 */
export function endOfArchive(input: DocumentInput): number | null {
  const from = Math.max(0, input.bytes - end.bytes - mostComment);
  const tail = readBytes(input, from, input.bytes - from);
  const at = tail.lastIndexOf(end.signature);
  if (at < 0 || at + end.bytes > tail.length) return null;
  return from + at + end.bytes + tail.readUInt16LE(at + end.comment);
}

/** A file as if it went to another end than it does: what is missing of it is zeros. */
export class MendedFile extends RandomAccessReader {
  readonly #input: DocumentInput;

  constructor(input: DocumentInput) {
    super();
    this.#input = input;
  }

  override _readStreamForRange(from: number, to: number): Readable {
    return Readable.from(this.#pieces(from, to));
  }

  *#pieces(from: number, to: number): Generator<Buffer> {
    for (let at = from; at < to; at += pieceBytes) {
      const piece = Buffer.alloc(Math.min(pieceBytes, to - at));
      readBytes(this.#input, at, piece.length).copy(piece);
      yield piece;
    }
  }
}
