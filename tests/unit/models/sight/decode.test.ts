import { describe, expect, it } from 'vitest';
import { flatten } from '../../../../models/sight/decode/flatten.ts';
import { readJpegHeader } from '../../../../models/sight/decode/jpeg-header.ts';
import { turned } from '../../../../models/sight/decode/turned.ts';
import { pictureFormatOf } from '../../../../models/sight/picture-format.ts';

/** A picture of 3 by 2 pixels whose reds are 1 to 6, as its rows tell. */
const stored = { width: 3, height: 2, data: Uint8Array.from([1, 2, 3, 4, 5, 6].flatMap((red) => [red, 0, 0, 255])) };

function rows({ width, data }: { readonly width: number; readonly data: Uint8Array }): string {
  const reds = [...data].filter((_, at) => at % 4 === 0).join('');
  return reds.match(new RegExp(`.{${width}}`, 'g'))?.join('/') ?? '';
}

/** A JPEG's beginning: an EXIF segment with that orientation, and a frame of 30 by 20 pixels. */
function jpegHead(orientation: number, order: 'MM' | 'II'): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write(order, 'latin1');
  const [short, long] =
    order === 'MM' ? (['writeUInt16BE', 'writeUInt32BE'] as const) : (['writeUInt16LE', 'writeUInt32LE'] as const);
  tiff[short](42, 2);
  tiff[long](8, 4);
  tiff[short](1, 8);
  tiff[short](0x0112, 10);
  tiff[short](3, 12);
  tiff[long](1, 14);
  tiff[short](orientation, 18);
  const exif = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 34]), Buffer.from('Exif\0\0'), tiff]);
  return Buffer.concat([exif, Buffer.from([0xff, 0xff, 0xc2, 0, 11, 8, 0, 20, 0, 30, 1, 1, 0x11, 0])]);
}

describe('a picture as it is seen', () => {
  it.each([
    [1, '123/456'],
    [2, '321/654'],
    [3, '654/321'],
    [4, '456/123'],
    [5, '14/25/36'],
    [6, '41/52/63'],
    [7, '63/52/41'],
    [8, '36/25/14'],
    [9, '123/456'],
  ])('is turned by how the camera was held: %i', (orientation, expected) => {
    expect(rows(turned(stored, orientation))).toBe(expected);
  });

  it('is turned also where its bytes begin anywhere in memory', () => {
    const shifted = new Uint8Array(25).subarray(1);
    shifted.set(stored.data);
    expect(rows(turned({ ...stored, data: shifted }, 3))).toBe('654/321');
  });

  it.each(['MM', 'II'] as const)(
    'has its size and how the camera was held before its pixels, in either order of bytes: %s',
    (order) => {
      for (const orientation of [1, 6, 8])
        expect(readJpegHeader(jpegHead(orientation, order))).toEqual({ width: 30, height: 20, orientation });
      expect(readJpegHeader(jpegHead(99, order)).orientation).toBe(1);
    },
  );

  it('that ends in the middle of that has no size', () => {
    const head = jpegHead(6, 'MM');
    for (const length of [0, 2, 3, 7, 20, 41, 44]) expect(() => readJpegHeader(head.subarray(0, length))).toThrow();
  });

  it('has a ground on which its letters can be seen where it is clear', () => {
    const clear = [0, 0, 0, 0];
    const light = flatten({ width: 3, height: 1, data: Uint8Array.from([...clear, 250, 250, 250, 255, ...clear]) });
    expect([...light.data.subarray(0, 5)]).toEqual([24, 24, 24, 0, 250]);
    const dark = flatten({ width: 3, height: 1, data: Uint8Array.from([...clear, 9, 9, 9, 255, ...clear]) });
    expect([...dark.data.subarray(0, 5)]).toEqual([255, 255, 255, 0, 9]);
    const half = flatten({ width: 1, height: 1, data: Uint8Array.from([0, 0, 0, 51]) });
    expect(half.data[0]).toBe(204);
  });
});

describe('the kind of a picture', () => {
  it.each([
    ['\x89PNG\r\n\x1a\n', 'png'],
    ['\xff\xd8\xff\xe0', 'jpeg'],
    ['GIF89a', 'gif'],
    ['RIFF\0\0\0\0WEBPVP8 ', 'webp'],
    ['\0\0\0\x1cftypavif', 'avif'],
    ['\0\0\0\x18ftypheic', 'heic'],
    ['\0\0\0\x18ftypmif1', 'heic'],
    ['II*\0', 'tiff'],
    [`BM\x96\x09\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0`, 'bmp'],
    ['BM is what the boy said, and then he left.', null],
    ['GIF is a kind of picture', null],
    ['RIFF\0\0\0\0WAVEfmt ', null],
    ['\x89PNG', null],
    ['', null],
  ])('is told by its first bytes: %j', (head, expected) => {
    expect(pictureFormatOf(Buffer.from(head, 'latin1'))).toBe(expected);
  });
});
