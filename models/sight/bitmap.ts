/** Pixels from top to bottom, each as red, green, blue and a fourth byte that is not looked at. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  /** Pages of its file that come after it; left out where there are none. */
  readonly morePages?: number;
}

/** A rectangle in a picture: its middle, its sides in pixels, and by how much it is turned, in radians. */
export interface Patch {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly angle: number;
}

/** A line that stands upright, as in old Chinese books; a single letter or figure is never so narrow. */
export function isUpright({ width, height }: Patch): boolean {
  return height >= 3 * width;
}

/** What a model wants to see: a size in pixels, and by colour, blue first, what is taken off and what is divided by. */
export interface View {
  readonly width: number;
  readonly height: number;
  readonly mean: readonly [number, number, number];
  readonly deviation: readonly [number, number, number];
}

/** One sample stands for at most so many pixels along a side: more are averaged, or thin strokes would be missed. */
const pixelsOfSample = 1.5;

/** A patch as a model sees it: one plane a colour, blue, green, red. What lies outside of the picture repeats its edge. */
export function seePatch(bitmap: Bitmap, patch: Patch, view: View): Float32Array {
  const { width, height, mean, deviation } = view;
  const plane = width * height;
  const seen = new Float32Array(3 * plane);
  const [cos, sin] = [Math.cos(patch.angle), Math.sin(patch.angle)];
  const across = Math.max(1, Math.ceil(patch.width / width / pixelsOfSample));
  const down = Math.max(1, Math.ceil(patch.height / height / pixelsOfSample));
  const sum = new Float64Array(3);
  const share = 1 / (across * down * 255);
  for (let row = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1) {
      sum.fill(0);
      for (let i = 0; i < down; i += 1)
        for (let j = 0; j < across; j += 1) {
          const along = ((column + (j + 0.5) / across) / width - 0.5) * patch.width;
          const below = ((row + (i + 0.5) / down) / height - 0.5) * patch.height;
          add(sum, bitmap, patch.x + along * cos - below * sin - 0.5, patch.y + along * sin + below * cos - 0.5);
        }
      const at = row * width + column;
      for (let plane3 = 0; plane3 < 3; plane3 += 1)
        seen[plane3 * plane + at] =
          ((sum[2 - plane3] as number) * share - (mean[plane3] as number)) / (deviation[plane3] as number);
    }
  return seen;
}

/** Adds the colour at a place between pixels. */
function add(sum: Float64Array, { width, height, data }: Bitmap, x: number, y: number): void {
  const left = Math.min(Math.max(x, 0), width - 1);
  const top = Math.min(Math.max(y, 0), height - 1);
  const [x0, y0] = [left | 0, top | 0];
  const right = Math.min(x0 + 1, width - 1) - x0;
  const under = Math.min(y0 + 1, height - 1) - y0;
  const [a, b] = [left - x0, top - y0];
  const one = (y0 * width + x0) * 4;
  const two = one + right * 4;
  const three = one + under * width * 4;
  const four = three + right * 4;
  for (let colour = 0; colour < 3; colour += 1) {
    const above = (data[one + colour] as number) * (1 - a) + (data[two + colour] as number) * a;
    const below = (data[three + colour] as number) * (1 - a) + (data[four + colour] as number) * a;
    sum[colour] = (sum[colour] as number) + above * (1 - b) + below * b;
  }
}
