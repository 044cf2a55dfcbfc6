import CFB from 'cfb';

export interface Word97Piece {
  readonly bytes: Buffer;
  /** Whether they are UTF-16; else windows-1252. */
  readonly wide: boolean;
}

export interface Word97 {
  readonly pieces: readonly Word97Piece[];
  /** Characters of the text; the rest are footnotes. All of them where it is left out. */
  readonly textLength?: number;
  /** Characters of the first piece that were deleted with changes kept, from and to. */
  readonly deleted?: readonly [number, number];
  /** The character of the first piece that ends a row. */
  readonly rowEnd?: number;
  readonly flags?: number;
}

const textStart = 0x200;
const pageBytes = 512;

/** A document as Word 97 keeps it (MS-DOC), of our own making: a head, pieces of text, and a page of properties of each kind. */
export function makeWord97({ pieces, textLength, deleted, rowEnd, flags = 0 }: Word97): Buffer {
  const head = Buffer.alloc(textStart);
  const counts = pieces.map(({ bytes, wide }) => bytes.length / (wide ? 2 : 1));
  const all = counts.reduce((sum, count) => sum + count, 0);
  const text = Buffer.concat(pieces.map(({ bytes }) => bytes));
  const padded = Buffer.concat([text, Buffer.alloc(pageBytes - (text.length % pageBytes))]);
  const firstPage = (textStart + padded.length) / pageBytes;
  const width = pieces[0]?.wide ? 2 : 1;
  const at = (character: number) => textStart + character * width;
  const characters = page(deleted === undefined ? null : [at(deleted[0]), at(deleted[1])], [3, 0x00, 0x08, 1], 1);
  const paragraphs = page(rowEnd === undefined ? null : [at(rowEnd), at(rowEnd + 1)], [3, 0, 0, 0x17, 0x24, 1], 13);
  const places = [pagePlace(firstPage), pagePlace(firstPage + 1), pieceTable(pieces, counts)];
  let offset = 0;
  for (const [index, where] of [0xfa, 0x102, 0x1a2].entries()) {
    head.writeUInt32LE(offset, where);
    head.writeUInt32LE(places[index]?.length ?? 0, where + 4);
    offset += places[index]?.length ?? 0;
  }
  head.writeUInt16LE(0xa5ec, 0);
  head.writeUInt16LE(flags, 0x0a);
  head.writeUInt32LE(textLength ?? all, 0x4c);
  head.writeUInt32LE(all - (textLength ?? all), 0x50);
  const container = CFB.utils.cfb_new();
  CFB.utils.cfb_add(container, '/WordDocument', Buffer.concat([head, padded, characters, paragraphs]));
  CFB.utils.cfb_add(container, '/0Table', Buffer.concat(places));
  return Buffer.from(CFB.write(container, { type: 'buffer' }) as Uint8Array);
}

/** A page with the properties of one run, or of none. */
function page(run: readonly [number, number] | null, properties: readonly number[], entryBytes: number): Buffer {
  const bytes = Buffer.alloc(pageBytes);
  if (run === null) return bytes;
  bytes.writeUInt32LE(run[0], 0);
  bytes.writeUInt32LE(run[1], 4);
  const place = 8 + entryBytes + (entryBytes % 2);
  bytes[8] = place / 2;
  Buffer.from(properties).copy(bytes, place);
  bytes[pageBytes - 1] = 1;
  return bytes;
}

function pagePlace(number: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32LE(0xffff, 4);
  bytes.writeUInt32LE(number, 8);
  return bytes;
}

/** The table of pieces, behind a change that says nothing. */
function pieceTable(pieces: readonly Word97Piece[], counts: readonly number[]): Buffer {
  const table = Buffer.alloc((pieces.length + 1) * 4 + pieces.length * 8);
  let character = 0;
  let place = textStart;
  for (const [index, { bytes, wide }] of pieces.entries()) {
    const entry = (pieces.length + 1) * 4 + index * 8;
    table.writeUInt32LE(wide ? place : place * 2 + 0x40000000, entry + 2);
    character += counts[index] ?? 0;
    table.writeUInt32LE(character, (index + 1) * 4);
    place += bytes.length;
  }
  const before = Buffer.from([1, 2, 0, 9, 9, 2, 0, 0, 0, 0]);
  before.writeUInt32LE(table.length, 6);
  return Buffer.concat([before, table]);
}
