import type { Bitmap } from '../bitmap.ts';
import { checkSize } from './check-size.ts';

/** Where a bitmap of Windows tells what it is (BITMAPFILEHEADER, BITMAPINFOHEADER). */
const at = {
  pixels: 10,
  headerBytes: 14,
  header: 14,
  width: 18,
  height: 22,
  bits: 28,
  packing: 30,
  colours: 46,
} as const;
const oldHeader = 12;
/** Packings: none, and none with masks that say where a colour lies. */
const plain = 0;
const masked = 3;

/** Reads a BMP that is not packed, which nearly none is, of 1, 4, 8, 24 or 32 bits a pixel. Throws for others. */
export function decodeBmp(bytes: Buffer): Bitmap {
  const headerBytes = bytes.readUInt32LE(at.headerBytes);
  if (headerBytes <= oldHeader) throw new Error('a header of the eighties');
  const width = bytes.readInt32LE(at.width);
  const signed = bytes.readInt32LE(at.height);
  const height = Math.abs(signed);
  checkSize(width, height);
  const bits = bytes.readUInt16LE(at.bits);
  const packing = bytes.readUInt32LE(at.packing);
  if (![1, 4, 8, 24, 32].includes(bits) || ![plain, masked].includes(packing) || (packing === masked && bits !== 32))
    throw new Error(`${bits} bits, packed by ${packing}`);
  const palette = bits > 8 ? null : paletteOf(bytes, headerBytes, bits);
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  const start = bytes.readUInt32LE(at.pixels);
  if (start + rowBytes * height > bytes.length) throw new Error('fewer pixels than its size says');
  const data = new Uint8Array(width * height * 4);
  for (let row = 0; row < height; row += 1) {
    // The first row is the lowest, but where its height is below zero.
    const from = start + (signed < 0 ? row : height - 1 - row) * rowBytes;
    for (let column = 0; column < width; column += 1) {
      const entry = palette === null ? from + (column * bits) / 8 : indexAt(bytes, from, column, bits) * 4;
      const source = palette ?? bytes;
      const to = (row * width + column) * 4;
      data[to] = source[entry + 2] ?? 0;
      data[to + 1] = source[entry + 1] ?? 0;
      data[to + 2] = source[entry] ?? 0;
      // What 32 bits hold beside the colours is nothing in most files, and would make them clear.
      data[to + 3] = 255;
    }
  }
  return { width, height, data };
}

function paletteOf(bytes: Buffer, headerBytes: number, bits: number): Buffer {
  const said = bytes.readUInt32LE(at.colours);
  const count = said === 0 ? 2 ** bits : Math.min(said, 2 ** bits);
  const start = at.header + headerBytes;
  return bytes.subarray(start, start + count * 4);
}

/** The number of a pixel's colour, of which several share a byte, the left one its upper bits. */
function indexAt(bytes: Buffer, row: number, column: number, bits: number): number {
  const perByte = 8 / bits;
  const byte = bytes[row + Math.floor(column / perByte)] ?? 0;
  return (byte >> (8 - bits - (column % perByte) * bits)) & (2 ** bits - 1);
}
