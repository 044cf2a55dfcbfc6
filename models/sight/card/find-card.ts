import decodeQR from 'qr/decode.js';
import { cardMark } from '../../../contract/card.ts';
import type { FoundCard } from '../../../contract/sight.ts';
import type { Bitmap } from '../bitmap.ts';
import { decodePicture } from '../decode/decode-picture.ts';
import { pictureFormatOf } from '../picture-format.ts';
import { pixelsHash, readCardChunk } from './card-chunk.ts';

/** Longest text of a code (version 40, alphanumeric). */
const longestCode = 4296;
/** How long a picture is searched for a code, in milliseconds: they are seen at once, where there are some. */
const searchMs = 3000;

/** What a picture carries of a card, in its data or drawn on it. Rejects with `picture/…`. */
export async function findCard(bytes: Buffer): Promise<FoundCard> {
  const isPng = pictureFormatOf(bytes) === 'png';
  const data = isPng ? readCardChunk(bytes) : null;
  if (data !== null) return { data, code: null, pixels: pixelsHash(bytes) };
  return { data: null, code: findCode(await decodePicture(bytes)), pixels: null };
}

/** The text of a card's code; null where there is none. */
function findCode(bitmap: Bitmap): string | null {
  try {
    const text = decodeQR(bitmap, { effort: 4, timeLimit: searchMs });
    return text.startsWith(cardMark) && text.length <= longestCode ? text : null;
  } catch {
    return null;
  }
}
