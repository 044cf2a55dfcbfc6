import type { Bitmap, Patch } from './bitmap.ts';

/** How likely each pixel of a picture, at some scale, belongs to text: 0 to 255. */
export interface TextMap {
  readonly width: number;
  readonly height: number;
  readonly likely: Uint8Array;
}

/** As the models' publisher advises: a pixel is of text from here on, and a place where its pixels are so sure on average. */
const pixelFrom = 0.3 * 255;
const placeFrom = 0.5 * 255;
/** The models mark the core of a line; its letters reach over that by this share of its area to its edge. */
const growth = 1.6;
const smallestSide = 3;
/** Text that leans less is read as it lies. */
const leastAngle = (0.7 * Math.PI) / 180;
/** Only of a place that much longer than high the direction is sure. */
const leastLength = 3;

/** Where text stands in a picture, in the picture's own pixels, in no order. */
export function findText({ width, height, likely }: TextMap, bitmap: Pick<Bitmap, 'width' | 'height'>): Patch[] {
  const across = bitmap.width / width;
  const down = bitmap.height / height;
  const patches: Patch[] = [];
  const seen = new Uint8Array(width * height);
  const pixels = new Int32Array(width * height);
  for (let start = 0; start < likely.length; start += 1) {
    if (seen[start] === 1 || (likely[start] as number) <= pixelFrom) continue;
    const count = flood({ width, height, likely }, start, seen, pixels);
    const place = boundsOf(pixels.subarray(0, count), likely, width);
    if (Math.min(place.width, place.height) < smallestSide || place.sure < placeFrom) continue;
    const grown = (place.width * place.height * growth) / (2 * (place.width + place.height));
    patches.push({
      x: place.x * across,
      y: place.y * down,
      width: (place.width + 2 * grown) * across,
      height: (place.height + 2 * grown) * down,
      angle: place.angle,
    });
  }
  return patches;
}

/** Collects the pixels that hang together with one; answers how many there are. */
function flood({ width, height, likely }: TextMap, start: number, seen: Uint8Array, pixels: Int32Array): number {
  let count = 1;
  pixels[0] = start;
  seen[start] = 1;
  const take = (at: number) => {
    if (seen[at] === 1 || (likely[at] as number) <= pixelFrom) return;
    seen[at] = 1;
    pixels[count] = at;
    count += 1;
  };
  for (let next = 0; next < count; next += 1) {
    const at = pixels[next] as number;
    const x = at % width;
    if (x > 0) take(at - 1);
    if (x < width - 1) take(at + 1);
    if (at >= width) take(at - width);
    if (at < width * (height - 1)) take(at + width);
  }
  return count;
}

/** The rectangle around pixels, turned as they lie, and how sure they are on average. */
function boundsOf(pixels: Int32Array, likely: Uint8Array, width: number) {
  let [sum, x1, y1, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  for (const at of pixels) {
    const [x, y] = [at % width, (at / width) | 0];
    sum += likely[at] as number;
    x1 += x;
    y1 += y;
    xx += x * x;
    yy += y * y;
    xy += x * y;
  }
  const n = pixels.length;
  const [mx, my] = [x1 / n, y1 / n];
  const angle = 0.5 * Math.atan2(2 * (xy / n - mx * my), xx / n - mx * mx - (yy / n - my * my));
  const upright = around(pixels, width, 0, mx, my);
  const leans = Math.abs(angle) >= leastAngle && Math.abs(angle) < Math.PI / 4;
  const turned = leans ? around(pixels, width, angle, mx, my) : upright;
  const isSure = leans && turned.width >= leastLength * turned.height && turned.height < upright.height;
  return { ...(isSure ? turned : upright), sure: sum / n };
}

function around(pixels: Int32Array, width: number, angle: number, mx: number, my: number) {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const at of pixels) {
    const [x, y] = [(at % width) - mx, ((at / width) | 0) - my];
    const along = x * cos + y * sin;
    const below = y * cos - x * sin;
    if (along < left) left = along;
    if (along > right) right = along;
    if (below < top) top = below;
    if (below > bottom) bottom = below;
  }
  const [along, below] = [(left + right) / 2, (top + bottom) / 2];
  return {
    x: mx + along * cos - below * sin + 0.5,
    y: my + along * sin + below * cos + 0.5,
    width: right - left + 1,
    height: bottom - top + 1,
    angle,
  };
}
