import { inflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { AppError } from '../../../contract/errors.ts';
import type { Bitmap } from '../bitmap.ts';
import { checkSize } from './check-size.ts';
import { flatten } from './flatten.ts';

/** Where the first chunk of a PNG tells its size and that it is interlaced (ISO/IEC 15948, 11.2.2), and where it ends. */
const header = { width: 16, height: 20, interlaced: 28, end: 33 } as const;
/** Bytes of a pixel at most, and of a row beside its pixels; an interlaced picture has its rows in seven passes. */
const pixelBytes = 8;
const passes = 7;

export function decodePng(bytes: Buffer): Bitmap {
  if (bytes.length < header.end) throw new Error('no header');
  const [width, height] = [bytes.readUInt32BE(header.width), bytes.readUInt32BE(header.height)];
  checkSize(width, height);
  // The decoder bounds what it unpacks by the size, but not of an interlaced picture.
  if (bytes[header.interlaced] === 1) checkUnpacked(bytes, width * height * pixelBytes + passes * (height + 8));
  const decoded = PNG.sync.read(bytes);
  return flatten({ width: decoded.width, height: decoded.height, data: decoded.data });
}

function checkUnpacked(bytes: Buffer, maxOutputLength: number): void {
  try {
    inflateSync(Buffer.concat([...packedPixels(bytes)]), { maxOutputLength });
  } catch (error) {
    throw new AppError('picture/damaged', 'more pixels than its size says, or none', {}, error);
  }
}

function* packedPixels(bytes: Buffer): Generator<Buffer> {
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT') yield bytes.subarray(at + 8, at + 8 + length);
    at += 12 + length;
  }
}
