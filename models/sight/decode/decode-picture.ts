import { AppError } from '../../../contract/errors.ts';
import type { Bitmap } from '../bitmap.ts';
import { isRead, pictureFormatOf, type ReadFormat } from '../picture-format.ts';
import { decodeBmp } from './bmp.ts';
import { decodeGif } from './gif.ts';
import { decodeJpeg } from './jpeg.ts';
import { decodePng } from './png.ts';

const decoders: Readonly<Record<ReadFormat, (bytes: Buffer) => Bitmap | Promise<Bitmap>>> = {
  png: decodePng,
  jpeg: decodeJpeg,
  webp: async (bytes) => (await import('./webp.ts')).decodeWebp(bytes),
  gif: decodeGif,
  bmp: decodeBmp,
  tiff: async (bytes) => (await import('./tiff.ts')).decodeTiff(bytes),
};

/** The pixels of a picture's file, as it is seen. Throws `picture/…`: before anything of its size is taken, where it is too large. */
export async function decodePicture(bytes: Buffer): Promise<Bitmap> {
  const format = pictureFormatOf(bytes);
  if (format === null || !isRead(format))
    throw new AppError('picture/damaged', 'it does not begin like a picture that is read');
  try {
    return await decoders[format](bytes);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('picture/damaged', error instanceof Error ? error.message : String(error), {}, error);
  }
}
