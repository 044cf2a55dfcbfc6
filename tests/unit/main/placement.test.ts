import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  barHeight,
  overlayBounds,
  overlayMaxHeight,
  overlayOrigin,
  shadowRoom,
  withoutRoom,
  withRoom,
} from '../../../main/windows/placement.ts';

const laptop = { x: 0, y: 24, width: 1280, height: 776 };
const second = { x: 1280, y: -200, width: 1920, height: 1080 };
const phone = { x: 0, y: 0, width: 320, height: 480 };

describe('the overlay', () => {
  it('is centred with its top at 22 % of the display it is called on', () => {
    expect(overlayOrigin(laptop, undefined)).toEqual({ x: 280, y: 24 + 171 });
    expect(overlayOrigin(second, undefined)).toEqual({ x: 1280 + 600, y: -200 + 238 });
  });

  it('never leaves the work area, however it was dragged and however long the answer is', () => {
    for (const area of [laptop, second, phone]) {
      for (const dragged of [undefined, { x: -9000, y: -9000 }, { x: 9000, y: 9000 }, { x: 300, y: 700 }]) {
        for (const height of [1, barHeight, 400, 20_000]) {
          const bounds = overlayBounds(area, overlayOrigin(area, dragged), height);
          expect(bounds.x).toBeGreaterThanOrEqual(area.x);
          expect(bounds.y).toBeGreaterThanOrEqual(area.y);
          expect(bounds.x + bounds.width).toBeLessThanOrEqual(area.x + area.width);
          expect(bounds.y + bounds.height).toBeLessThanOrEqual(area.y + area.height);
        }
      }
    }
  });

  it('keeps its top where it is while it grows', () => {
    const origin = overlayOrigin(laptop, undefined);
    const tops = [100, 300, 600, 5000].map((height) => overlayBounds(laptop, origin, height).y);
    expect(new Set(tops).size).toBe(1);
  });

  it('grows to 60 % of the work area at most', () => {
    const { y } = overlayOrigin(laptop, undefined);
    expect(overlayMaxHeight(laptop, y)).toBe(Math.floor(776 * 0.6) + barHeight);
  });

  it('has its box where it would be without a shadow: the room for one is around it', () => {
    const box = overlayBounds(laptop, overlayOrigin(laptop, undefined), 400);
    const window = withRoom(box, shadowRoom);
    expect(withoutRoom(window, shadowRoom)).toEqual(box);
    expect([window.x, window.y]).toEqual([box.x - 32, box.y - 24]);
    expect([window.width, window.height]).toEqual([720 + 64, 400 + 68]);
  });

  // The page and main would draw different boxes.
  it('has the same room in the page', () => {
    const css = readFileSync(new URL('../../../renderer/overlay/frame.css', import.meta.url), 'utf8');
    for (const [name, length] of Object.entries(shadowRoom)) expect(css).toContain(`--room-${name}: ${length}px;`);
  });
});
