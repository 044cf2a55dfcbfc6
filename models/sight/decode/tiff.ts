import UTIF from 'utif2';
import type { Bitmap } from '../bitmap.ts';
import { checkSize } from './check-size.ts';
import { flatten } from './flatten.ts';
import { decodeJpeg } from './jpeg.ts';
import { turned } from './turned.ts';

/** Fields of a picture in a TIFF (TIFF 6.0, section 8): its size, how it is packed, and how it is held. */
const fields = {
  ...{ width: 't256', height: 't257', packing: 't259', strips: 't273', orientation: 't274', stripBytes: 't279' },
  tables: 't347',
} as const;
const jpegPacking = 7;
/** More pages than these are not counted. */
const mostPages = 100_000;

/** Reads the first page of a TIFF, as scanners and fax machines pack it. */
export function decodeTiff(bytes: Buffer): Bitmap {
  const [page, ...others] = UTIF.decode(bytes);
  if (page === undefined) throw new Error('no page');
  const numberIn = (field: string) => {
    const value = page[field];
    return Array.isArray(value) ? Number(value[0]) : Number.NaN;
  };
  // What it says of its size is looked at before anything of that size is taken.
  const [width, height] = [numberIn(fields.width), numberIn(fields.height)];
  if (!Number.isInteger(width) || !Number.isInteger(height)) throw new Error('no size');
  checkSize(width, height);
  const isJpeg = numberIn(fields.packing) === jpegPacking;
  const data = isJpeg ? fromStrips(bytes, page, { width, height }) : unpacked(bytes, page);
  if (data.length !== width * height * 4) throw new Error('pixels of another size');
  const bitmap = flatten({ width, height, data });
  const seen = turned(bitmap, numberIn(fields.orientation));
  return others.length === 0 ? seen : { ...seen, morePages: Math.min(others.length, mostPages) };
}

function unpacked(bytes: Buffer, page: UTIF.IFD): Uint8Array {
  UTIF.decodeImage(bytes, page);
  return UTIF.toRGBA8(page);
}

/** The pixels of a page whose strips are JPEGs without their tables, which stand once before them (Technical Note 2). */
function fromStrips(bytes: Buffer, page: UTIF.IFD, { width, height }: Omit<Bitmap, 'data'>): Uint8Array {
  const [offsets, lengths] = [numbersIn(page, fields.strips), numbersIn(page, fields.stripBytes)];
  if (offsets.length === 0 || offsets.length !== lengths.length) throw new Error('no strips');
  const shared = page[fields.tables];
  const tables = shared instanceof Uint8Array ? Buffer.from(shared) : Buffer.alloc(0);
  const data = new Uint8Array(width * height * 4);
  let at = 0;
  for (const [index, offset] of offsets.entries()) {
    const strip = bytes.subarray(offset, offset + (lengths[index] ?? 0));
    // The tables lack their end then, and the strip its beginning, so that both are one.
    const whole = tables.length > 4 ? Buffer.concat([tables.subarray(0, -2), strip.subarray(2)]) : strip;
    const rows = decodeJpeg(whole);
    if (rows.width !== width) throw new Error('a strip of another width');
    const part = rows.data.subarray(0, data.length - at);
    data.set(part, at);
    at += part.length;
  }
  if (at < data.length) throw new Error('fewer rows than its size says');
  return data;
}

function numbersIn(page: UTIF.IFD, field: string): readonly number[] {
  const value = page[field];
  return Array.isArray(value) ? value.map(Number) : [];
}
