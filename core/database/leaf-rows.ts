import type { FileImage } from './file-image.ts';

export type Value = string | number | Uint8Array | null;

/** One row as it stands on a page. `whole` is false when a part of it could not be read. */
export interface LeafRow {
  readonly rowid: number;
  readonly values: readonly Value[];
  readonly whole: boolean;
}

const otherPageKinds = new Set([0x02, 0x05, 0x0a]);
const mostColumns = 64;

/**
 * Every row on every page that could be a leaf of a table, whatever tree it belongs to (format: sqlite.org/fileformat2.html,
 * sections 1.6 and 2.1). A page whose kind was overwritten is tried, too: the caller knows its rows by their form.
 */
export function* leafRows(image: FileImage): Generator<LeafRow> {
  const free = image.freePages();
  for (let number = 1; number <= image.pageCount; number += 1) {
    const page = free.has(number) ? null : image.page(number);
    if (page === null) continue;
    const start = number === 1 ? 100 : 0;
    if (otherPageKinds.has(page[start] ?? 0)) continue;
    const count = page.readUInt16BE(start + 3);
    for (let cell = 0; cell < count; cell += 1) {
      const pointer = start + 8 + cell * 2;
      if (pointer + 2 > image.usableSize) break;
      const row = readCell(image, page, page.readUInt16BE(pointer));
      if (row !== null) yield row;
    }
  }
}

function readCell(image: FileImage, page: Buffer, at: number): LeafRow | null {
  if (at < 8 || at >= image.usableSize - 3) return null;
  const size = varint(page, at);
  const rowid = varint(page, size.end);
  if (size.value < 2 || size.value > image.pageCount * image.pageSize || !Number.isSafeInteger(rowid.value))
    return null;
  const payload = readPayload(image, page, rowid.end, size.value);
  const values = readRecord(payload, size.value);
  if (values === null) return null;
  return { rowid: rowid.value, ...values };
}

/** What of a payload can be read: the part on the page, and its overflow pages as far as their chain holds. */
function readPayload(image: FileImage, page: Buffer, at: number, size: number): Buffer {
  const usable = image.usableSize;
  const most = usable - 35;
  if (size <= most) return page.subarray(at, Math.min(at + size, usable));
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const fitting = least + ((size - least) % (usable - 4));
  const local = fitting <= most ? fitting : least;
  if (at + local + 4 > usable) return page.subarray(at, usable);
  const pieces = [page.subarray(at, at + local)];
  let left = size - local;
  let next = page.readUInt32BE(at + local);
  const seen = new Set<number>();
  while (left > 0 && next > 0 && next <= image.pageCount && !seen.has(next)) {
    seen.add(next);
    const overflow = image.page(next);
    if (overflow === null) break;
    const piece = overflow.subarray(4, Math.min(usable, 4 + left));
    pieces.push(piece);
    left -= piece.length;
    next = overflow.readUInt32BE(0);
  }
  return Buffer.concat(pieces);
}

function readRecord(payload: Buffer, size: number): Pick<LeafRow, 'values' | 'whole'> | null {
  const head = varint(payload, 0);
  if (head.value < 2 || head.value > payload.length || head.value > 4096) return null;
  const kinds: number[] = [];
  for (let at = head.end; at < head.value; ) {
    const kind = varint(payload, at);
    kinds.push(kind.value);
    at = kind.end;
    if (kinds.length > mostColumns) return null;
  }
  const lengths = kinds.map(lengthOf);
  if (lengths.reduce((sum, length) => sum + length, head.value) !== size) return null;
  let at = head.value;
  const values = kinds.map((kind, index) => {
    const length = lengths[index] ?? 0;
    const bytes = payload.subarray(Math.min(at, payload.length), Math.min(at + length, payload.length));
    at += length;
    return readValue(kind, bytes);
  });
  return { values, whole: payload.length === size };
}

function lengthOf(kind: number): number {
  if (kind >= 12) return Math.floor((kind - 12) / 2);
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0][kind] ?? 0;
}

function readValue(kind: number, bytes: Buffer): Value {
  if (kind >= 13 && kind % 2 === 1) return bytes.toString('utf8');
  if (kind >= 12) return Uint8Array.from(bytes);
  if (kind === 8 || kind === 9) return kind - 8;
  if (kind === 0 || bytes.length < lengthOf(kind)) return null;
  if (kind === 7) return bytes.readDoubleBE(0);
  if (kind === 6) return Number(bytes.readBigInt64BE(0));
  return kind > 6 ? null : bytes.readIntBE(0, bytes.length);
}

/** A number of 1 to 9 bytes, seven bits each, and where it ends. */
function varint(bytes: Buffer, at: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let index = 0; index < 8; index += 1) {
    const byte = bytes[at + index] ?? 0;
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, end: at + index + 1 };
  }
  return { value: value * 256 + (bytes[at + 8] ?? 0), end: at + 9 };
}
