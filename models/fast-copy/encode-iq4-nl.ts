/** Numbers in a block of IQ4_NL, and the bytes that it takes: a scale of 16 bit, then 32 places of four bits. */
export const blockItems = 32;
export const blockBytes = 18;
/** Element type of ggml, and the number that a file whose weights are mostly of it gives as `general.file_type`. */
export const elementType = 20;
export const fileType = 25;

/** What the sixteen places stand for, times the scale of the block (ggml's `kvalues_iq4nl`). */
const steps = [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113];
/** Where the largest number of a block is tried to lie; the best scale is seldom the one that just holds it. */
const anchors = [-134, -131, -127, -123, -119, -114, 108, 113, 118];
/** No number of a block lies further out than its largest one does. */
const reach = 134;
/** For each whole number from `-reach` to `reach`: the place of the nearest step, and that step. */
const placeAt = Uint8Array.from({ length: 2 * reach + 1 }, (_, index) => nearestPlace(index - reach));
const stepAt = Float64Array.from(placeAt, (place) => steps[place] as number);

const squares = new Float64Array(blockItems);
const cubes = new Float64Array(blockItems);
const half = new Float16Array(1);
const halfBytes = new Uint8Array(half.buffer);

/**
 * Writes the 32 numbers of `values` from `from` on as one block. Of several scales it takes the one whose error, weighted by
 * the square of each number, is smallest.
 */
export function encodeBlock(values: Float32Array, from: number, target: Uint8Array, to: number): void {
  let largest = 0;
  for (let index = 0; index < blockItems; index += 1) {
    const value = values[from + index] as number;
    squares[index] = value * value;
    cubes[index] = value * value * value;
    if (Math.abs(value) > Math.abs(largest)) largest = value;
  }
  // Blocks of nothing but zeros, and of numbers too small to be squared, are zero.
  const best = largest === 0 ? null : bestScale(values, from, largest);
  half[0] = best?.scale ?? 0;
  target[to] = halfBytes[0] as number;
  target[to + 1] = halfBytes[1] as number;
  const inverse = best?.inverse ?? 0;
  for (let index = 0; index < 16; index += 1) {
    const low = placeOf((values[from + index] as number) * inverse);
    const high = placeOf((values[from + index + 16] as number) * inverse);
    target[to + 2 + index] = low | (high << 4);
  }
}

interface Scale {
  readonly scale: number;
  /** What the numbers are multiplied with before each goes to its nearest step. */
  readonly inverse: number;
}

function bestScale(values: Float32Array, from: number, largest: number): Scale | null {
  let bestGain = 0;
  let best: Scale | null = null;
  for (const anchor of anchors) {
    const inverse = anchor / largest;
    // With the weights w = x², the error of a scale s is Σwx² - 2s·Σwxq + s²·Σwq². It is least at s = Σwxq / Σwq², which
    // takes (Σwxq)² / Σwq² off it.
    let product = 0;
    let square = 0;
    for (let index = 0; index < blockItems; index += 1) {
      const step = stepAt[((values[from + index] as number) * inverse + reach + 0.5) | 0] as number;
      product += (cubes[index] as number) * step;
      square += (squares[index] as number) * step * step;
    }
    const gain = square > 0 ? (product * product) / square : 0;
    if (gain > bestGain) {
      bestGain = gain;
      best = { scale: product / square, inverse };
    }
  }
  return best;
}

function placeOf(value: number): number {
  return placeAt[(value + reach + 0.5) | 0] as number;
}

function nearestPlace(value: number): number {
  const distances = steps.map((step) => Math.abs(step - value));
  return distances.indexOf(Math.min(...distances));
}
