import { AppError } from '../../../contract/errors.ts';
import type { Compound } from './compound.ts';
import { wordLines } from './word-lines.ts';
import { wordMark, wordMarks } from './word-marks.ts';

/** First bytes of the stream of Word 97 to 2003. */
const magic = 0xa5ec;
const headBytes = 0x1aa;
const flags = { at: 0x0a, encrypted: 0x0100, secondTable: 0x0200 } as const;
/** Where the stream says in which table its pieces are. */
const pieceTable = 0x1a2;
/** A place of a piece whose text is in bytes; else it is in UTF-16. */
const inBytes = 0x40000000;
/** Lengths of the parts of the text, one after the other; headers say nothing of their own. */
const lengths = [
  { at: 0x4c, taken: true },
  { at: 0x50, taken: true },
  { at: 0x54, taken: false },
  { at: 0x5c, taken: true },
  { at: 0x60, taken: true },
  { at: 0x64, taken: true },
  { at: 0x68, taken: false },
] as const;

/**
 * The parts of a document of Word 97 to 2003 (MS-DOC): its text, footnotes, comments, endnotes and text boxes, as lines with
 * cells that end with a tab. Deleted text is left out. Throws `file/locked`, `file/damaged`.
 */
export function readWord97(stream: Buffer, compound: Compound): readonly string[] {
  if (stream.length < headBytes || stream.readUInt16LE(0) !== magic)
    throw new AppError('file/damaged', 'no document of Word');
  const set = stream.readUInt16LE(flags.at);
  if ((set & flags.encrypted) !== 0) throw new AppError('file/locked', 'a document with a password');
  const table = compound.stream((set & flags.secondTable) === 0 ? '/0Table' : '/1Table');
  if (table === null) throw new AppError('file/damaged', 'its table is missing');
  const text = joinedPieces(stream, table);
  const parts: string[] = [];
  let at = 0;
  for (const { at: place, taken } of lengths) {
    const length = stream.readUInt32LE(place);
    if (taken) parts.push(wordLines(text.slice(at, at + length), 'rows-marked'));
    at += length;
  }
  return parts;
}

/** All characters in their order; what was deleted is a zero, and the end of a row the end of a line. */
function joinedPieces(stream: Buffer, table: Buffer): string {
  const marks = wordMarks(stream, table);
  const decoder = new TextDecoder('windows-1252');
  const texts: string[] = [];
  for (const { start, count, wide } of piecesOf(stream, table)) {
    const width = wide ? 2 : 1;
    const bytes = stream.subarray(start, start + count * width);
    texts.push(marked(wide ? bytes.toString('utf16le') : decoder.decode(bytes), marks, start, width));
  }
  return texts.join('');
}

function marked(text: string, marks: Uint8Array, start: number, width: number): string {
  let shown = '';
  let from = 0;
  for (let index = 0; index < text.length; index += 1) {
    const mark = marks[start + index * width] ?? 0;
    if (mark === 0) continue;
    shown += text.slice(from, index) + (mark === wordMark.deleted ? '\0' : '\n');
    from = index + 1;
  }
  return shown + text.slice(from);
}

interface Piece {
  /** Where its first byte is in the stream, and how many characters it has. */
  readonly start: number;
  readonly count: number;
  readonly wide: boolean;
}

/** The table of pieces: positions of all and of the end, in characters, then eight bytes each; what stands before it are changes. */
function* piecesOf(stream: Buffer, table: Buffer): Generator<Piece> {
  let at = stream.readUInt32LE(pieceTable);
  while (at + 3 <= table.length && table[at] === 1) at += 3 + table.readUInt16LE(at + 1);
  if (at + 5 > table.length || table[at] !== 2) throw new AppError('file/damaged', 'its pieces are missing');
  const length = table.readUInt32LE(at + 1);
  const count = Math.floor((length - 4) / 12);
  const first = at + 5;
  if (count < 1 || first + length > table.length) throw new AppError('file/damaged', 'its pieces are cut');
  let taken = 0;
  for (let piece = 0; piece < count; piece += 1) {
    const from = table.readUInt32LE(first + piece * 4);
    const characters = table.readUInt32LE(first + piece * 4 + 4) - from;
    const place = table.readUInt32LE(first + (count + 1) * 4 + piece * 8 + 2);
    const wide = (place & inBytes) === 0;
    const start = wide ? place : (place & (inBytes - 1)) >>> 1;
    taken += characters;
    // Pieces that lie over each other would say the same again and again.
    if (characters < 0 || taken > stream.length) throw new AppError('file/damaged', 'its pieces do not fit');
    yield { start, count: characters, wide };
  }
}
