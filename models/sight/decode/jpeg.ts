import jpeg from 'jpeg-js';
import { pictureLimits } from '../../../contract/sight.ts';
import type { Bitmap } from '../bitmap.ts';
import { checkSize } from './check-size.ts';
import { readJpegHeader } from './jpeg-header.ts';
import { turned } from './turned.ts';

/** The decoder counts what it takes itself; the process has more. */
const mostMegabytes = 1200;

export function decodeJpeg(bytes: Buffer): Bitmap {
  const { width, height, orientation } = readJpegHeader(bytes);
  checkSize(width, height);
  const decoded = jpeg.decode(bytes, {
    useTArray: true,
    formatAsRGBA: true,
    maxResolutionInMP: pictureLimits.pixels / 1e6,
    maxMemoryUsageInMB: mostMegabytes,
  });
  return turned(decoded, orientation);
}
