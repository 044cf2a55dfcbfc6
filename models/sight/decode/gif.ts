import type { Bitmap } from '../bitmap.ts';
import { checkSize } from './check-size.ts';
import { flatten } from './flatten.ts';
import { unpackLzw } from './gif-lzw.ts';

/** Parts of a GIF (GIF89a, 17 to 23) by their first byte. */
const imagePart = 0x2c;
const extensionPart = 0x21;
const graphicControl = 0xf9;
const rowsOfPasses = [
  [0, 8],
  [4, 8],
  [2, 4],
  [1, 2],
] as const;

/** Reads the first picture of a GIF, on a screen of its size. */
export function decodeGif(bytes: Buffer): Bitmap {
  const [width, height] = [bytes.readUInt16LE(6), bytes.readUInt16LE(8)];
  checkSize(width, height);
  const data = new Uint8Array(width * height * 4);
  const shared = tableAt(bytes, 13, bytes[10] ?? 0);
  let clear: number | null = null;
  for (let at = shared.end; at < bytes.length; ) {
    if (bytes[at] === extensionPart) {
      if (bytes[at + 1] === graphicControl) clear = ((bytes[at + 3] ?? 0) & 1) === 1 ? (bytes[at + 6] ?? null) : null;
      at = blocksAt(bytes, at + 2).end;
    } else if (bytes[at] === imagePart) {
      draw(bytes, at, { width, height, data }, shared.colours, clear);
      return flatten({ width, height, data });
    } else break;
  }
  throw new Error('no picture in it');
}

/** Draws one picture onto the screen; what lies outside of that is left out. */
function draw(bytes: Buffer, at: number, screen: Bitmap, shared: Buffer, clear: number | null): void {
  const [left, top] = [bytes.readUInt16LE(at + 1), bytes.readUInt16LE(at + 3)];
  const [width, height] = [bytes.readUInt16LE(at + 5), bytes.readUInt16LE(at + 7)];
  checkSize(width, height);
  const about = bytes[at + 9] ?? 0;
  const own = tableAt(bytes, at + 10, about);
  const colours = own.colours.length > 0 ? own.colours : shared;
  const pixels = unpackLzw(blocksAt(bytes, own.end + 1).content, bytes[own.end] ?? 0, width * height);
  for (const [index, row] of rowsOf(height, (about & 0x40) !== 0).entries())
    for (let column = 0; column < width; column += 1) {
      const colour = pixels[index * width + column] ?? 0;
      const [x, y] = [left + column, top + row];
      if (x >= screen.width || y >= screen.height || colour === clear) continue;
      const to = (y * screen.width + x) * 4;
      screen.data.set([...colours.subarray(colour * 3, colour * 3 + 3), 255], to);
    }
}

/** The rows of a picture as they come: one after another, or in four passes. */
function rowsOf(height: number, isInterlaced: boolean): readonly number[] {
  if (!isInterlaced) return Array.from({ length: height }, (_, row) => row);
  return rowsOfPasses.flatMap(([first, step]) =>
    Array.from({ length: Math.max(0, Math.ceil((height - first) / step)) }, (_, row) => first + row * step),
  );
}

/** A table of colours, three bytes each; empty where there is none. */
function tableAt(bytes: Buffer, at: number, about: number): { readonly colours: Buffer; readonly end: number } {
  const end = (about & 0x80) === 0 ? at : at + 3 * 2 ** ((about & 7) + 1);
  return { colours: bytes.subarray(at, end), end };
}

/** Blocks of up to 255 bytes, each with its length before it, to one of none. */
function blocksAt(bytes: Buffer, start: number): { readonly content: Buffer; readonly end: number } {
  const blocks: Buffer[] = [];
  let at = start;
  for (let length = bytes[at] ?? 0; length > 0; length = bytes[at] ?? 0) {
    blocks.push(bytes.subarray(at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { content: Buffer.concat(blocks), end: at + 1 };
}
