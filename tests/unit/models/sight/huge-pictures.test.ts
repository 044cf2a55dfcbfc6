import { describe, expect, it } from 'vitest';
import type { AppError } from '../../../../contract/errors.ts';
import { decodePicture } from '../../../../models/sight/decode/decode-picture.ts';
import { pictureBombs } from '../../../support/bombs/picture-bombs.ts';

describe('a small file that says it is a picture of thousands of millions of pixels', () => {
  it.each(pictureBombs.map(({ name, make }) => [name, make] as const))(
    'is refused before it takes their room: %s',
    async (_, make) => {
      const bytes = make();
      expect(bytes.length).toBeLessThan(100_000);
      const code = await decodePicture(bytes).then(
        ({ width, height }) => `${width} by ${height}`,
        (error: AppError) => error.code,
      );
      expect(code).toBe('picture/too-large');
    },
  );
});
