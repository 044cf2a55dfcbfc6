import type { Bitmap } from '../bitmap.ts';

/** Where a pixel of the picture as it is seen was stored, by EXIF's number for how the camera was held; w and h as stored. */
const stored: Readonly<Record<number, (x: number, y: number, w: number, h: number) => readonly [number, number]>> = {
  2: (x, y, w) => [w - 1 - x, y],
  3: (x, y, w, h) => [w - 1 - x, h - 1 - y],
  4: (x, y, _, h) => [x, h - 1 - y],
  5: (x, y) => [y, x],
  6: (x, y, _, h) => [y, h - 1 - x],
  7: (x, y, w, h) => [w - 1 - y, h - 1 - x],
  8: (x, y, w) => [w - 1 - y, x],
};

/** A picture as it is seen, by how the camera was held. */
export function turned(bitmap: Bitmap, orientation: number): Bitmap {
  const place = stored[orientation];
  if (place === undefined) return bitmap;
  const isAcross = orientation >= 5;
  const width = isAcross ? bitmap.height : bitmap.width;
  const height = isAcross ? bitmap.width : bitmap.height;
  const { buffer, byteOffset } = aligned(bitmap.data);
  const from = new Uint32Array(buffer, byteOffset, bitmap.width * bitmap.height);
  const to = new Uint32Array(width * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const [column, row] = place(x, y, bitmap.width, bitmap.height);
      to[y * width + x] = from[row * bitmap.width + column] as number;
    }
  return { width, height, data: new Uint8Array(to.buffer) };
}

/** Pixels are moved four bytes at a time, which have to begin at a multiple of four. */
function aligned(data: Uint8Array): Uint8Array {
  return data.byteOffset % 4 === 0 ? data : Uint8Array.from(data);
}
