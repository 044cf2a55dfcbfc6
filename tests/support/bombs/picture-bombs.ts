import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../beckon-app.ts';
import { makePng, withSize } from '../make-pictures.ts';
import type { Bomb } from './bomb.ts';

/** Pixels a side: 3.6 thousand million pixels, more than 10 GB of memory, in a file of a few kilobytes. */
const side = 60_000;
/** The most that 14 bits say, which is all that the packed parts of a WebP have. */
const webpSide = 16_383;

const original = (name: string) => readFileSync(join(checkout, 'tests', 'corpus', 'pictures', name));

function changed(name: string, change: (bytes: Buffer) => void): () => Buffer {
  return () => {
    const bytes = Buffer.from(original(name));
    change(bytes);
    return bytes;
  };
}

/** Writes values of tags into the first directory of a TIFF of either order of bytes (TIFF 6.0, section 2). */
function withTags(tags: Readonly<Record<number, number>>): (bytes: Buffer) => void {
  return (bytes) => {
    const little = bytes.toString('latin1', 0, 2) === 'II';
    const u16 = (at: number) => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
    const first = little ? bytes.readUInt32LE(4) : bytes.readUInt32BE(4);
    for (let entry = 0; entry < u16(first); entry += 1) {
      const at = first + 2 + entry * 12;
      const value = tags[u16(at)];
      if (value === undefined) continue;
      // A whole number of 32 bits, whatever it was before.
      if (little) bytes.writeUInt16LE(4, at + 2) && bytes.writeUInt32LE(value, at + 8);
      else bytes.writeUInt16BE(4, at + 2) && bytes.writeUInt32BE(value, at + 8);
    }
  };
}

/** The picture of a WebP on a canvas of that size (the extended form of its container, which has 24 bits a side). */
function withCanvas(webp: Buffer): Buffer {
  const canvas = Buffer.alloc(18);
  canvas.write('VP8X');
  canvas.writeUInt32LE(10, 4);
  canvas.writeUIntLE(side - 1, 12, 3);
  canvas.writeUIntLE(side - 1, 15, 3);
  const head = Buffer.from(webp.subarray(0, 12));
  head.writeUInt32LE(webp.length + canvas.length - 8, 4);
  return Buffer.concat([head, canvas, webp.subarray(12)]);
}

const [tiffWidth, tiffHeight, tiffStripRows] = [256, 257, 278];
const ofSize = withTags({ [tiffWidth]: side, [tiffHeight]: side });
const inOneStrip = withTags({ [tiffWidth]: side, [tiffHeight]: side, [tiffStripRows]: side });

const makers: Readonly<Record<string, () => Buffer>> = {
  'grey.png': () => makePng({ width: side, height: side }),
  'interlaced.png': () => makePng({ width: side, height: side, interlaced: true }),
  'packed.png': () => makePng({ width: side, height: side, pixels: Buffer.alloc(side * 1000) }),
  'palette.png': changed('palette.png', (bytes) => bytes.writeUInt32BE(side, 16) && bytes.writeUInt32BE(side, 20)),
  ...Object.fromEntries(
    ['plain', 'progressive', 'cmyk', 'grey'].map((name) => [
      `${name}.jpg`,
      () => withSize(original(`${name}.jpg`), side, side),
    ]),
  ),
  ...Object.fromEntries(
    ['group4', 'jpeg', 'lzw', 'zip'].flatMap((name) => [
      [`${name}.tiff`, changed(`packed-${name}.tiff`, ofSize)],
      [`${name}-strip.tiff`, changed(`packed-${name}.tiff`, inOneStrip)],
    ]),
  ),
  'screen.gif': changed('clear.gif', (bytes) => bytes.writeUInt16LE(side, 6) && bytes.writeUInt16LE(side, 8)),
  'interlaced.gif': changed('interlaced.gif', (bytes) => bytes.writeUInt16LE(side, 6) && bytes.writeUInt16LE(side, 8)),
  'moving.gif': changed('moving.gif', (bytes) => bytes.writeUInt16LE(side, 6) && bytes.writeUInt16LE(side, 8)),
  'palette.bmp': changed('palette.bmp', (bytes) => bytes.writeInt32LE(side, 18) && bytes.writeInt32LE(side, 22)),
  'from-above.bmp': changed('other.bmp', (bytes) => bytes.writeInt32LE(side, 18) && bytes.writeInt32LE(-side, 22)),
  'canvas.webp': () => withCanvas(original('clear.webp')),
  'lossy.webp': changed(
    'lossy.webp',
    (bytes) => bytes.writeUInt16LE(webpSide, 26) && bytes.writeUInt16LE(webpSide, 28),
  ),
  'lossless.webp': changed('lossless.webp', (bytes) =>
    bytes.writeUInt32LE((((webpSide - 1) | ((webpSide - 1) << 14)) >>> 0) & 0x0fffffff, 21),
  ),
};

/** Pictures of a few kilobytes that say they are 60,000 by 60,000 pixels, or as large as their kind can say. */
export const pictureBombs: readonly Bomb[] = Object.entries(makers).map(([name, make]) => ({
  name: `huge-${name}`,
  make,
}));
