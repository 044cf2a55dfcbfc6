import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AppError } from '../../../../contract/errors.ts';
import { decodePicture } from '../../../../models/sight/decode/decode-picture.ts';

const corpus = join(import.meta.dirname, '..', '..', '..', 'corpus', 'pictures');
const read = (name: string) => readFileSync(join(corpus, name));

/** The share of light in a picture, from 0 to 255, in all and in its lower half, which tells what lies upside down. */
async function lightOf(name: string): Promise<readonly [number, number]> {
  const { width, height, data } = await decodePicture(read(name));
  expect([width, height]).toEqual([420, 150]);
  const mean = (from: number) => data.subarray(from).reduce((sum, value) => sum + value, 0) / (data.length - from);
  return [mean(0), mean(Math.floor(height / 2) * width * 4)];
}

const changed = (name: string, change: (bytes: Buffer) => void): Buffer => {
  const bytes = Buffer.from(read(name));
  change(bytes);
  return bytes;
};
const codeOf = (bytes: Buffer) =>
  decodePicture(bytes).then(
    ({ width, height }) => `${width} by ${height}`,
    ({ code }: AppError) => code,
  );

describe('a picture of another kind', () => {
  it.each([
    ['packed-lzw.tiff', 'plain.png'],
    ['packed-zip.tiff', 'plain.png'],
    ['packed-jpeg.tiff', 'plain.png'],
    ['packed-group4.tiff', 'plain.png'],
    ['lossless.webp', 'plain.png'],
    ['lossy.webp', 'plain.png'],
    ['clear.webp', 'clear-dark.png'],
    ['interlaced.gif', 'plain.png'],
    ['moving.gif', 'plain.png'],
    ['clear.gif', 'clear-dark.png'],
    ['palette.bmp', 'plain.png'],
  ])('%s is the picture that it was made from', async (name, original) => {
    const [made, from] = [await lightOf(name), await lightOf(original)];
    for (const [index, light] of made.entries()) expect(Math.abs(light - (from[index] ?? 0))).toBeLessThan(2);
  });

  it.each([
    ['a GIF', changed('moving.gif', (bytes) => bytes.fill(255, 6, 10))],
    [
      'a GIF with a picture larger than its screen',
      changed('clear.gif', (bytes) => bytes.fill(255, bytes.indexOf(0x2c, 13) + 5, bytes.indexOf(0x2c, 13) + 9)),
    ],
    ['a BMP', changed('palette.bmp', (bytes) => bytes.writeInt32LE(60_000, 18) + bytes.writeInt32LE(60_000, 22))],
    ['a WebP', changed('lossy.webp', (bytes) => bytes.fill(255, 26, 30))],
  ])('that says more pixels of itself than are taken is refused before they are: %s', async (_, bytes) => {
    expect(await codeOf(bytes)).toMatch(/^picture\/(too-large|damaged)$/);
  });

  it.each(['moving.gif', 'palette.bmp', 'packed-lzw.tiff', 'packed-jpeg.tiff', 'lossy.webp', 'clear.webp'])(
    'cut or overwritten anywhere it is damaged or what is left of it, and nothing else: %s',
    async (name) => {
      const whole = read(name);
      for (let part = 1; part < 8; part += 1) {
        const at = Math.floor((whole.length * part) / 8);
        expect(await codeOf(whole.subarray(0, at))).toMatch(/^(picture\/(damaged|too-large)|420 by 150)$/);
        const spoiled = changed(name, (bytes) => bytes.fill(part * 23, at, at + 9));
        expect(await codeOf(spoiled)).toMatch(/^(picture\/(damaged|too-large)|\d+ by \d+)$/);
      }
    },
  );
});
