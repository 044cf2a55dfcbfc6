import { AppError } from '../../../contract/errors.ts';
import type { Bitmap } from '../bitmap.ts';
import { isRead, pictureFormatOf, type ReadFormat } from '../picture-format.ts';
import { decodeJpeg } from './jpeg.ts';
import { decodePng } from './png.ts';

const decoders: Readonly<Record<ReadFormat, (bytes: Buffer) => Bitmap>> = { png: decodePng, jpeg: decodeJpeg };

/** The pixels of a picture's file, as it is seen. Throws `picture/…`: before anything of its size is taken, where it is too large. */
export function decodePicture(bytes: Buffer): Bitmap {
  const format = pictureFormatOf(bytes);
  if (format === null || !isRead(format))
    throw new AppError('picture/damaged', 'it does not begin like a picture that is read');
  try {
    return decoders[format](bytes);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('picture/damaged', error instanceof Error ? error.message : String(error), {}, error);
  }
}
