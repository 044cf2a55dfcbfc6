import { PNG } from 'pngjs';
import type { Bitmap } from '../bitmap.ts';
import { checkSize } from './decode-picture.ts';
import { flatten } from './flatten.ts';

/** Where the first chunk of a PNG tells its width and height (ISO/IEC 15948, 11.2.2). */
const sizeAt = 16;

export function decodePng(bytes: Buffer): Bitmap {
  if (bytes.length < sizeAt + 8) throw new Error('no header');
  checkSize(bytes.readUInt32BE(sizeAt), bytes.readUInt32BE(sizeAt + 4));
  const { width, height, data } = PNG.sync.read(bytes);
  return flatten({ width, height, data });
}
