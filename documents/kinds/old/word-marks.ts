/** What is said of the characters at a place of the stream `WordDocument`. */
export const wordMark = { deleted: 1, rowEnd: 2 } as const;

const pageBytes = 512;
/** Where the head of the stream says which pages hold the properties of characters and of paragraphs (MS-DOC 2.5.6). */
const tables = { characters: 0xfa, paragraphs: 0x102 } as const;
/** Single property modifiers (MS-DOC 2.6): characters that were taken out with changes kept, and the paragraph that ends a row. */
const modifiers = { deleted: 0x0800, rowEnd: 0x2417, defineTable: 0xd608 } as const;
/** Bytes of an operand by the last three bits of its modifier; 0 for one that says its length itself. */
const operandBytes = [1, 1, 2, 4, 2, 2, 0, 3] as const;
/** Bytes of a paragraph's place in its page, of which the first says where its properties are. */
const paragraphBytes = 13;

/** A mark for each byte of the stream, so that pieces, which lie in any order, find theirs by where they are. */
export function wordMarks(stream: Buffer, table: Buffer): Uint8Array {
  const marks = new Uint8Array(stream.length);
  for (const page of pagesOf(stream, table, tables.paragraphs))
    for (const { from, to, at } of runsOf(page, paragraphBytes))
      if (isSet(paragraphProperties(page, at), modifiers.rowEnd)) marks.fill(wordMark.rowEnd, from, to);
  for (const page of pagesOf(stream, table, tables.characters))
    for (const { from, to, at } of runsOf(page, 1))
      if (isSet(page.subarray(at + 1, at + 1 + (page[at] ?? 0)), modifiers.deleted))
        marks.fill(wordMark.deleted, from, to);
  return marks;
}

/** The pages that a table names: positions of all and of the end, then the number of each. */
function* pagesOf(stream: Buffer, table: Buffer, at: number): Generator<Buffer> {
  const [start, length] = [stream.readUInt32LE(at), stream.readUInt32LE(at + 4)];
  const count = Math.floor((Math.min(length, table.length - start) - 4) / 8);
  for (let index = 0; index < count; index += 1) {
    const number = table.readUInt32LE(start + (count + 1 + index) * 4) & 0x3fffff;
    const page = stream.subarray(number * pageBytes, (number + 1) * pageBytes);
    if (page.length === pageBytes) yield page;
  }
}

interface Run {
  /** Bytes of the stream that it is about. */
  readonly from: number;
  readonly to: number;
  /** Where its properties are in the page. */
  readonly at: number;
}

/** The runs of a page that have properties of their own. */
function* runsOf(page: Buffer, entryBytes: number): Generator<Run> {
  const count = Math.min(page[pageBytes - 1] ?? 0, Math.floor((pageBytes - 5) / (4 + entryBytes)));
  for (let index = 0; index < count; index += 1) {
    const at = 2 * (page[(count + 1) * 4 + index * entryBytes] ?? 0);
    if (at > 0) yield { from: page.readUInt32LE(index * 4), to: page.readUInt32LE(index * 4 + 4), at };
  }
}

/** A paragraph's properties stand behind their length in pairs of bytes, less one, or behind a zero and it; then a style of two bytes. */
function paragraphProperties(page: Buffer, at: number): Buffer {
  const pairs = page[at] ?? 0;
  const [start, end] = pairs > 0 ? [at + 1, at + 2 * pairs] : [at + 2, at + 2 + 2 * (page[at + 1] ?? 0)];
  return page.subarray(start + 2, end);
}

/** Whether a modifier is among properties, and turned on. */
function isSet(properties: Buffer, wanted: number): boolean {
  for (let at = 0; at + 3 <= properties.length; ) {
    const modifier = properties.readUInt16LE(at);
    if (modifier === wanted) return ((properties[at + 2] ?? 0) & 1) === 1;
    const fixed = operandBytes[modifier >> 13] ?? 0;
    const isLong = modifier === modifiers.defineTable && at + 4 <= properties.length;
    at += 2 + (fixed > 0 ? fixed : isLong ? properties.readUInt16LE(at + 2) + 1 : (properties[at + 2] ?? 0) + 1);
  }
  return false;
}
