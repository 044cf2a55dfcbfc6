import { AppError } from '../../../contract/errors.ts';
import { decodeBytes, isPlain } from '../../text/decode.ts';
import { loadDetector } from '../../text/detector.ts';
import { wordLines } from './word-lines.ts';

/** First bytes of the stream of Word 6 and 95; the last three are of those for East Asia. */
const magics: ReadonlySet<number> = new Set([0xa5dc, 0xa697, 0xa698, 0xa699]);
const flags = { at: 0x0a, complex: 0x0004, encrypted: 0x0100, wide: 0x1000 } as const;
/** Where the text begins and, of a document that was saved bit by bit, where its table of pieces is. */
const textStart = 0x18;
const pieceTable = 0x160;
/** Lengths of the parts of the text, one after the other; headers and macros, the third and fourth, say nothing of their own. */
const lengths = 0x34;
const parts = ['text', 'footnotes', 'headers', 'macros', 'comments', 'endnotes', 'boxes', 'header-boxes'] as const;
const taken: ReadonlySet<(typeof parts)[number]> = new Set(['text', 'footnotes', 'comments', 'endnotes', 'boxes']);
const headBytes = 0x168;

/** Whether a document is one of Word 6 or 95, which keep their text in bytes, or for East Asia in UTF-16. */
export function isWord6(stream: Buffer | null): stream is Buffer {
  return stream !== null && stream.length >= headBytes && magics.has(stream.readUInt16LE(0));
}

/**
 * The parts of a document of Word 6 or 95 (its binary file format as published in 1994), as lines with cells that end with a
 * tab. Throws `file/locked`, `file/damaged`.
 */
export async function readWord6(stream: Buffer): Promise<readonly string[]> {
  const set = stream.readUInt16LE(flags.at);
  if ((set & flags.encrypted) !== 0) throw new AppError('file/locked', 'a document with a password');
  const isWide = (set & flags.wide) !== 0;
  const width = isWide ? 2 : 1;
  const isWhole = (set & flags.complex) === 0;
  const bytes = isWhole ? stream.subarray(stream.readUInt32LE(textStart)) : joinedPieces(stream, width);
  const found: Buffer[] = [];
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const length = stream.readUInt32LE(lengths + index * 4) * width;
    if (taken.has(part)) found.push(bytes.subarray(at, at + length));
    at += length;
  }
  if (isWide) return found.map((part) => wordLines(part.toString('utf16le'), 'rows-doubled'));
  const decoder = await decoderOf(Buffer.concat(found));
  return found.map((part) => wordLines(decoder.decode(part), 'rows-doubled'));
}

/** What the bytes of a text are told to be in. */
async function decoderOf(all: Buffer): Promise<InstanceType<typeof TextDecoder>> {
  // Marks of pictures and notes are controls, which no text of another encoding would have.
  const plain = Buffer.from(all.map((byte) => (byte < 32 ? 32 : byte)));
  const decoded = decodeBytes(plain, isPlain(plain) ? null : await loadDetector());
  return new TextDecoder(decoded === null || decoded.encoding === 'ibm850' ? 'windows-1252' : decoded.encoding);
}

/** The pieces of a text that was saved bit by bit, in their order. */
function joinedPieces(stream: Buffer, width: number): Buffer {
  const table = stream.readUInt32LE(pieceTable);
  const end = table + stream.readUInt32LE(pieceTable + 4);
  for (let at = table; at + 5 <= Math.min(end, stream.length); ) {
    if (stream[at] === 1) at += 3 + stream.readUInt16LE(at + 1);
    else if (stream[at] === 2) return piecesAt(stream, at + 5, stream.readUInt32LE(at + 1), width);
    else break;
  }
  throw new AppError('file/damaged', 'its pieces are missing');
}

/** Positions of all pieces and of the end, in characters, then eight bytes a piece, the third to sixth of which say where it is. */
function piecesAt(stream: Buffer, at: number, length: number, width: number): Buffer {
  const count = Math.floor((length - 4) / 12);
  if (count < 1 || at + length > stream.length) throw new AppError('file/damaged', 'its pieces are cut');
  const found: Buffer[] = [];
  for (let piece = 0; piece < count; piece += 1) {
    const [from, to] = [stream.readUInt32LE(at + piece * 4), stream.readUInt32LE(at + piece * 4 + 4)];
    const place = stream.readUInt32LE(at + (count + 1) * 4 + piece * 8 + 2);
    if (to >= from) found.push(stream.subarray(place, place + (to - from) * width));
  }
  return Buffer.concat(found);
}
