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
