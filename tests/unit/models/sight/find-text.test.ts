import { describe, expect, it } from 'vitest';
import { findText, type TextMap } from '../../../../models/sight/find-text.ts';

/** A map in which every pixel is of text for which that holds. */
function mapOf(width: number, height: number, isText: (x: number, y: number) => boolean): TextMap {
  const likely = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) if (isText(x, y)) likely[y * width + x] = 250;
  return { width, height, likely };
}

const inside = (x: number, y: number, left: number, top: number, right: number, bottom: number) =>
  x >= left && x < right && y >= top && y < bottom;

describe('the places of text', () => {
  it('reach over the core that the model marks, and are told in pixels of the picture', () => {
    const map = mapOf(320, 160, (x, y) => inside(x, y, 40, 60, 240, 70));
    const [place, ...others] = findText(map, { width: 640, height: 320 });
    expect(others).toEqual([]);
    expect(place).toMatchObject({ x: 280, y: 130, angle: 0 });
    // 200 by 10 pixels grow by 1.6 times their area to their edge on each side, and the picture is twice as large.
    expect(place?.height).toBeCloseTo(2 * (10 + 2 * 7.62), 0);
    expect(place?.width).toBeCloseTo(2 * (200 + 2 * 7.62), 0);
  });

  it('that lean are turned with their lines, so that a skewed scan is not read at a slant', () => {
    const slope = Math.tan((4 * Math.PI) / 180);
    const map = mapOf(320, 160, (x, y) => x >= 30 && x < 290 && Math.abs(y - 60 - (x - 30) * slope) < 5);
    const [place] = findText(map, { width: 320, height: 160 });
    expect(((place?.angle ?? 0) * 180) / Math.PI).toBeCloseTo(4, 0);
    expect(place?.height).toBeLessThan(32);
  });

  it('are not made of dust, nor of what is only half sure', () => {
    const dust = mapOf(64, 64, (x, y) => inside(x, y, 10, 10, 12, 12));
    expect(findText(dust, { width: 64, height: 64 })).toEqual([]);
    const { likely, ...size } = mapOf(64, 64, (x, y) => inside(x, y, 10, 10, 50, 20));
    const unsure = { ...size, likely: likely.map((value) => (value > 0 ? 90 : 0)) };
    expect(findText(unsure, { width: 64, height: 64 })).toEqual([]);
  });

  it('are found at every edge of the picture, and when all of it is one', () => {
    expect(
      findText(
        mapOf(64, 32, () => true),
        { width: 64, height: 32 },
      ),
    ).toHaveLength(1);
    const corners = mapOf(96, 96, (x, y) => (x < 30 || x > 65) && (y < 8 || y > 87));
    expect(findText(corners, { width: 96, height: 96 })).toHaveLength(4);
  });
});
