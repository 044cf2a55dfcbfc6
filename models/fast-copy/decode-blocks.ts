/** Writes the numbers of the block at `at` to `target`, from `to` on. */
export type DecodeBlock = (bytes: Uint8Array, at: number, target: Float32Array, to: number) => void;

/** A way to store weights in blocks. Layouts and numbers as in ggml's file format. */
export interface BlockFormat {
  readonly items: number;
  readonly bytes: number;
  readonly decode: DecodeBlock;
}

/** All 65,536 numbers of 16 bit (IEEE 754 binary16), by their bits. */
const halves = Float32Array.from(new Float16Array(Uint16Array.from({ length: 65_536 }, (_, bits) => bits).buffer));

/** The formats that can be stored anew, by element type of ggml. */
export const formats: Readonly<Record<number, BlockFormat>> = {
  3: { items: 32, bytes: 20, decode: decodeQ4_1 },
  6: { items: 32, bytes: 22, decode: decodeQ5_0 },
  7: { items: 32, bytes: 24, decode: decodeQ5_1 },
  8: { items: 32, bytes: 34, decode: decodeQ8_0 },
  12: { items: 256, bytes: 144, decode: decodeQ4_K },
  13: { items: 256, bytes: 176, decode: decodeQ5_K },
  14: { items: 256, bytes: 210, decode: decodeQ6_K },
};

function half(bytes: Uint8Array, at: number): number {
  return halves[byte(bytes, at) | (byte(bytes, at + 1) << 8)] as number;
}

function byte(bytes: Uint8Array, at: number): number {
  return bytes[at] as number;
}

function decodeQ4_1(bytes: Uint8Array, at: number, target: Float32Array, to: number): void {
  const scale = half(bytes, at);
  const least = half(bytes, at + 2);
  for (let index = 0; index < 16; index += 1) {
    const pair = byte(bytes, at + 4 + index);
    target[to + index] = (pair & 15) * scale + least;
    target[to + index + 16] = (pair >> 4) * scale + least;
  }
}

function decodeQ5_0(bytes: Uint8Array, at: number, target: Float32Array, to: number): void {
  const scale = half(bytes, at);
  decodeFives(bytes, at + 2, scale, -16 * scale, target, to);
}

function decodeQ5_1(bytes: Uint8Array, at: number, target: Float32Array, to: number): void {
  decodeFives(bytes, at + 4, half(bytes, at), half(bytes, at + 2), target, to);
}

/** 32 numbers of five bits: the fifth bits first, then two halves of four bits to a byte. */
function decodeFives(
  bytes: Uint8Array,
  at: number,
  scale: number,
  least: number,
  target: Float32Array,
  to: number,
): void {
  for (let index = 0; index < 16; index += 1) {
    const pair = byte(bytes, at + 4 + index);
    const low = (byte(bytes, at + (index >> 3)) >> (index & 7)) & 1;
    const high = (byte(bytes, at + 2 + (index >> 3)) >> (index & 7)) & 1;
    target[to + index] = ((pair & 15) | (low << 4)) * scale + least;
    target[to + index + 16] = ((pair >> 4) | (high << 4)) * scale + least;
  }
}

function decodeQ8_0(bytes: Uint8Array, at: number, target: Float32Array, to: number): void {
  const scale = half(bytes, at);
  for (let index = 0; index < 32; index += 1) target[to + index] = ((byte(bytes, at + 2 + index) << 24) >> 24) * scale;
}

/** Scale and least value of each of eight groups, six bits each, in twelve bytes from `at` on. */
function groupScale(bytes: Uint8Array, at: number, group: number): number {
  if (group < 4) return byte(bytes, at + group) & 63;
  return (byte(bytes, at + group + 4) & 15) | ((byte(bytes, at + group - 4) >> 6) << 4);
}

function groupLeast(bytes: Uint8Array, at: number, group: number): number {
  if (group < 4) return byte(bytes, at + group + 4) & 63;
  return (byte(bytes, at + group + 4) >> 4) | ((byte(bytes, at + group) >> 6) << 4);
}

function decodeQ4_K(bytes: Uint8Array, at: number, target: Float32Array, to: number): void {
  for (let group = 0; group < 8; group += 1) {
    const scale = half(bytes, at) * groupScale(bytes, at + 4, group);
    const least = half(bytes, at + 2) * groupLeast(bytes, at + 4, group);
    const from = at + 16 + (group >> 1) * 32;
    const shift = (group & 1) * 4;
    for (let index = 0; index < 32; index += 1)
      target[to + group * 32 + index] = ((byte(bytes, from + index) >> shift) & 15) * scale - least;
  }
}

function decodeQ5_K(bytes: Uint8Array, at: number, target: Float32Array, to: number): void {
  for (let group = 0; group < 8; group += 1) {
    const scale = half(bytes, at) * groupScale(bytes, at + 4, group);
    const least = half(bytes, at + 2) * groupLeast(bytes, at + 4, group);
    const from = at + 48 + (group >> 1) * 32;
    const shift = (group & 1) * 4;
    for (let index = 0; index < 32; index += 1) {
      const fifth = (byte(bytes, at + 16 + index) >> group) & 1;
      target[to + group * 32 + index] = (((byte(bytes, from + index) >> shift) & 15) | (fifth << 4)) * scale - least;
    }
  }
}

function decodeQ6_K(bytes: Uint8Array, at: number, target: Float32Array, to: number): void {
  const scale = half(bytes, at + 208);
  for (let index = 0; index < 256; index += 1) {
    const part = index >> 7;
    const quarter = (index >> 5) & 3;
    const column = index & 31;
    const low = (byte(bytes, at + part * 64 + (quarter & 1) * 32 + column) >> ((quarter >> 1) * 4)) & 15;
    const high = (byte(bytes, at + 128 + part * 32 + column) >> (quarter * 2)) & 3;
    const group = (byte(bytes, at + 192 + (index >> 4)) << 24) >> 24;
    target[to + index] = scale * group * ((low | (high << 4)) - 32);
  }
}
