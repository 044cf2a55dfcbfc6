/** Bytes of a small valid GGUF file (version 3) with one tensor of 64 numbers, written by hand from the format's description. */
export function smallGguf(changes: Readonly<Record<string, string | number>> = {}): Buffer {
  const values: Record<string, string | number> = {
    'general.architecture': 'llama',
    'general.name': 'Small',
    'llama.context_length': 2048,
    'llama.block_count': 2,
    'llama.attention.head_count': 4,
    'llama.attention.head_count_kv': 2,
    'llama.embedding_length': 64,
    ...changes,
  };
  const pairs = Object.entries(values).map(([key, value]) =>
    typeof value === 'string'
      ? Buffer.concat([string(key), uint32(8), string(value)])
      : Buffer.concat([string(key), uint32(4), uint32(value)]),
  );
  const tensor = Buffer.concat([string('output.weight'), uint32(1), uint64(64), uint32(0), uint64(0)]);
  const head = Buffer.concat([Buffer.from('GGUF'), uint32(3), uint64(1), uint64(pairs.length), ...pairs, tensor]);
  return Buffer.concat([head, Buffer.alloc((32 - (head.length % 32)) % 32), Buffer.alloc(64 * 4)]);
}

/** A value of a header: whole numbers as 32 bit unsigned, others as 32 bit floats with `float`. */
export type GgufValue =
  | string
  | number
  | boolean
  | { readonly float: number }
  | { readonly strings: readonly string[] }
  | { readonly floats: readonly number[] }
  | { readonly ints: readonly number[] };

export interface GgufTensor {
  readonly name: string;
  /** Sizes, the fastest first. */
  readonly shape: readonly number[];
  /** Element type of ggml: 0 is 32 bit float, 2 is Q4_0. */
  readonly type: number;
  readonly bytes: Uint8Array;
}

/** Pieces of a GGUF file (version 3), to be written one after another: a whole one of a real model is large. */
export function ggufPieces(values: Readonly<Record<string, GgufValue>>, tensors: readonly GgufTensor[]): Uint8Array[] {
  const pairs = Object.entries(values).map(([key, value]) => Buffer.concat([string(key), typedValue(value)]));
  let offset = 0;
  const infos = tensors.map(({ name, shape, type, bytes }) => {
    const sizes = shape.map(uint64);
    const info = Buffer.concat([string(name), uint32(shape.length), ...sizes, uint32(type), uint64(offset)]);
    offset += bytes.length + padding(bytes.length).length;
    return info;
  });
  const counts = [Buffer.from('GGUF'), uint32(3), uint64(tensors.length), uint64(pairs.length)];
  const head = Buffer.concat([...counts, ...pairs, ...infos]);
  return [head, padding(head.length), ...tensors.flatMap(({ bytes }) => [bytes, padding(bytes.length)])];
}

export function typedValue(value: GgufValue): Buffer {
  if (typeof value === 'string') return Buffer.concat([uint32(8), string(value)]);
  if (typeof value === 'number') return Buffer.concat([uint32(4), uint32(value)]);
  if (typeof value === 'boolean') return Buffer.concat([uint32(7), Buffer.from([value ? 1 : 0])]);
  if ('float' in value) return Buffer.concat([uint32(6), floats([value.float])]);
  if ('strings' in value) return list(8, value.strings.length, Buffer.concat(value.strings.map(string)));
  if ('floats' in value) return list(6, value.floats.length, floats(value.floats));
  return list(5, value.ints.length, Buffer.from(new Int32Array(value.ints).buffer));
}

function list(type: number, count: number, items: Buffer): Buffer {
  return Buffer.concat([uint32(9), uint32(type), uint64(count), items]);
}

function floats(values: readonly number[]): Buffer {
  return Buffer.from(new Float32Array(values).buffer);
}

function padding(length: number): Buffer {
  return Buffer.alloc((32 - (length % 32)) % 32);
}

function uint32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}

function uint64(value: number): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(BigInt(value));
  return buffer;
}

function string(text: string): Buffer {
  return Buffer.concat([uint64(Buffer.byteLength(text)), Buffer.from(text)]);
}
