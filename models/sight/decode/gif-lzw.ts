/** A code has no more bits than these (GIF89a, appendix F). */
const mostBits = 12;

/** Unpacks as many pixels as a picture has, never more; those that are missing stay 0. Throws for codes that cannot be. */
export function unpackLzw(packed: Buffer, firstBits: number, count: number): Uint8Array {
  if (firstBits < 2 || firstBits > 8) throw new Error(`colours of ${firstBits} bits`);
  const pixels = new Uint8Array(count);
  const [clear, end] = [2 ** firstBits, 2 ** firstBits + 1];
  // A code stands for the pixels of another one (`before`) and one more (`last`), so many (`lengths`) in all.
  const [before, last, lengths] = [new Int16Array(4096), new Uint8Array(4096), new Uint16Array(4096)];
  for (let code = 0; code < clear; code += 1) [last[code], lengths[code]] = [code, 1];
  let [next, bits, previous, filled] = [end + 1, firstBits + 1, -1, 0];
  const write = (code: number, at: number): number => {
    let rest = code;
    for (let left = lengths[code] ?? 0; left > 0; left -= 1) {
      if (at + left - 1 < count) pixels[at + left - 1] = last[rest] ?? 0;
      if (left > 1) rest = before[rest] ?? 0;
    }
    return rest;
  };
  for (let bit = 0; bit + bits <= packed.length * 8 && filled < count; ) {
    const code = codeAt(packed, bit, bits);
    bit += bits;
    if (code === end) break;
    if (code === clear) {
      [next, bits, previous] = [end + 1, firstBits + 1, -1];
      continue;
    }
    if (code > next || (code === next && previous < 0)) throw new Error('a code that is not there yet');
    if (previous >= 0 && next < 4096) {
      // A code that is used as it is made ends as it begins.
      let first = code === next ? previous : code;
      while ((lengths[first] ?? 1) > 1) first = before[first] ?? 0;
      before[next] = previous;
      last[next] = last[first] ?? 0;
      lengths[next] = (lengths[previous] ?? 0) + 1;
      next += 1;
      if (next === 2 ** bits && bits < mostBits) bits += 1;
    }
    write(code, filled);
    filled += lengths[code] ?? 0;
    previous = code;
  }
  return pixels;
}

function codeAt(packed: Buffer, bit: number, bits: number): number {
  const at = bit >> 3;
  const three = (packed[at] ?? 0) | ((packed[at + 1] ?? 0) << 8) | ((packed[at + 2] ?? 0) << 16);
  return (three >> (bit & 7)) & (2 ** bits - 1);
}
