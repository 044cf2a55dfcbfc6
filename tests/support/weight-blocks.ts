/** Element types of ggml by name. */
export const elementTypes = { Q4_1: 3, Q5_0: 6, Q5_1: 7, Q8_0: 8, Q4_K: 12, Q5_K: 13, Q6_K: 14, IQ4_NL: 20 } as const;

/** A block and the numbers that it stands for. */
export interface Example {
  readonly bytes: Uint8Array;
  readonly values: readonly number[];
}

type Random = (below: number) => number;

/** Blocks put together bit by bit from the description of each format, with the numbers that it says they mean. */
export const examples: Readonly<Record<number, (random: Random) => Example>> = {
  [elementTypes.Q4_1]: (random) => small(random, { bits: 4, hasLeast: true, middle: 0 }),
  [elementTypes.Q5_0]: (random) => small(random, { bits: 5, hasLeast: false, middle: 16 }),
  [elementTypes.Q5_1]: (random) => small(random, { bits: 5, hasLeast: true, middle: 0 }),
  [elementTypes.Q8_0]: (random) => {
    const scale = numberOf(random);
    const whole = list(32, () => random(256) - 128);
    const bytes = Buffer.concat([half(scale), Buffer.from(Int8Array.from(whole).buffer)]);
    return { bytes, values: whole.map((value) => value * scale) };
  },
  [elementTypes.Q4_K]: (random) => grouped(random, 4),
  [elementTypes.Q5_K]: (random) => grouped(random, 5),
  [elementTypes.Q6_K]: sixes,
};

/** 32 numbers with one scale: the first sixteen in the low halves of sixteen bytes, the others in the high halves. */
function small(random: Random, format: { bits: 4 | 5; hasLeast: boolean; middle: number }): Example {
  const scale = numberOf(random);
  const least = format.hasLeast ? -numberOf(random) : 0;
  const whole = list(32, () => random(2 ** format.bits));
  const fifths = Buffer.alloc(4);
  fifths.writeUInt32LE(whole.reduce((bits, value, index) => bits + (value >> 4) * 2 ** index, 0));
  const low = Buffer.from(list(16, (index) => (at(whole, index) & 15) + 16 * (at(whole, index + 16) & 15)));
  const bytes = Buffer.concat([
    half(scale),
    ...(format.hasLeast ? [half(least)] : []),
    ...(format.bits === 5 ? [fifths] : []),
    low,
  ]);
  return { bytes, values: whole.map((value) => (value - format.middle) * scale + least) };
}

/** 256 numbers in eight groups, each with a scale and a least value of six bits. */
function grouped(random: Random, bits: 4 | 5): Example {
  const scale = numberOf(random);
  const least = numberOf(random);
  const scales = list(8, () => random(64));
  const leasts = list(8, () => random(64));
  const whole = list(256, () => random(2 ** bits));
  // Groups 0 to 3 lie whole in eight bytes; of 4 to 7 four bits lie in four more, and two bits atop the first eight.
  const packed = [
    ...list(4, (group) => at(scales, group) + 64 * (at(scales, group + 4) >> 4)),
    ...list(4, (group) => at(leasts, group) + 64 * (at(leasts, group + 4) >> 4)),
    ...list(4, (group) => (at(scales, group + 4) & 15) + 16 * (at(leasts, group + 4) & 15)),
  ];
  const fifths = list(32, (column) =>
    list(8, (group) => (at(whole, group * 32 + column) >> 4) * 2 ** group).reduce((sum, bit) => sum + bit, 0),
  );
  const low = list(128, (index) => {
    const group = 2 * Math.floor(index / 32);
    const column = index % 32;
    return (at(whole, group * 32 + column) & 15) + 16 * (at(whole, (group + 1) * 32 + column) & 15);
  });
  const bytes = Buffer.concat([
    half(scale),
    half(least),
    Buffer.from(packed),
    ...(bits === 5 ? [Buffer.from(fifths)] : []),
    Buffer.from(low),
  ]);
  const values = whole.map((value, index) => {
    const group = Math.floor(index / 32);
    return scale * at(scales, group) * value - least * at(leasts, group);
  });
  return { bytes, values };
}

/** 256 numbers of six bits in groups of sixteen, the low four bits and the high two apart. */
function sixes(random: Random): Example {
  const scale = numberOf(random);
  const scales = list(16, () => random(256) - 128);
  const whole = list(256, () => random(64));
  const low = Buffer.alloc(128);
  const high = Buffer.alloc(64);
  for (const [index, value] of whole.entries()) {
    const half128 = Math.floor(index / 128);
    const row = Math.floor((index % 128) / 32);
    const column = index % 32;
    const lowAt = half128 * 64 + (row % 2) * 32 + column;
    low[lowAt] = (low[lowAt] ?? 0) + (value & 15) * (row < 2 ? 1 : 16);
    const highAt = half128 * 32 + column;
    high[highAt] = (high[highAt] ?? 0) + (value >> 4) * 4 ** row;
  }
  const bytes = Buffer.concat([low, high, Buffer.from(Int8Array.from(scales).buffer), half(scale)]);
  return { bytes, values: whole.map((value, index) => scale * at(scales, Math.floor(index / 16)) * (value - 32)) };
}

/** A number that 16 bits hold exactly. */
function numberOf(random: Random): number {
  return (1 + random(1000)) / 1024;
}

function half(value: number): Buffer {
  return Buffer.from(Float16Array.of(value).buffer);
}

function list(length: number, item: (index: number) => number): number[] {
  return Array.from({ length }, (_, index) => item(index));
}

function at(values: readonly number[], index: number): number {
  return values[index] as number;
}
