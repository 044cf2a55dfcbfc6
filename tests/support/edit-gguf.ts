import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { type GgufValue, typedValue } from './gguf.ts';

/** A tensor as the header of a file names it; `offset` is from the beginning of the tensor data. */
export interface EditedTensor {
  name: string;
  shape: number[];
  type: number;
  offset: number;
}

const scalarBytes: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
};
const headerBytes = 16 * 1024 * 1024;

/** A model file's header, to be changed and written before the same weights: how hostile variants of a real model are made. */
export class EditedGguf {
  /** The values as they lie in the file, with their types, by key. */
  readonly values = new Map<string, Buffer>();
  readonly tensors: EditedTensor[] = [];
  /** What every byte of the weights becomes; left as they are by null. */
  fill: number | null = null;
  readonly #source: string;
  readonly #dataStart: number;
  readonly #bytes: Buffer;
  #at = 24;

  constructor(source: string) {
    this.#source = source;
    const file = openSync(source, 'r');
    const buffer = Buffer.alloc(headerBytes);
    this.#bytes = buffer.subarray(0, readSync(file, buffer, 0, headerBytes, 0));
    closeSync(file);
    const tensorCount = Number(this.#bytes.readBigUInt64LE(8));
    const pairCount = Number(this.#bytes.readBigUInt64LE(16));
    for (let index = 0; index < pairCount; index += 1) {
      const key = this.#string();
      const start = this.#at;
      this.#skip(this.#uint32());
      this.values.set(key, this.#bytes.subarray(start, this.#at));
    }
    for (let index = 0; index < tensorCount; index += 1) this.tensors.push(this.#tensor());
    this.#dataStart = Math.ceil(this.#at / 32) * 32;
  }

  set(key: string, value: GgufValue): this {
    this.values.set(key, typedValue(value));
    return this;
  }

  /** Writes the file as it stands now, with the weights of the source behind it, or as many bytes of `fill`. */
  write(path: string): void {
    const pairs = [...this.values].map(([key, value]) => Buffer.concat([text(key), value]));
    const infos = this.tensors.map(({ name, shape, type, offset }) => {
      const sizes = shape.map(uint64);
      return Buffer.concat([text(name), uint32(shape.length), ...sizes, uint32(type), uint64(offset)]);
    });
    const counts = Buffer.concat([Buffer.from('GGUF'), uint32(3), uint64(this.tensors.length), uint64(pairs.length)]);
    const head = Buffer.concat([counts, ...pairs, ...infos]);
    const padded = Buffer.concat([head, Buffer.alloc((32 - (head.length % 32)) % 32)]);
    writeWithTail(path, padded, { source: this.#source, from: this.#dataStart, fill: this.fill });
  }

  #uint32(): number {
    this.#at += 4;
    return this.#bytes.readUInt32LE(this.#at - 4);
  }

  #uint64(): number {
    this.#at += 8;
    return Number(this.#bytes.readBigUInt64LE(this.#at - 8));
  }

  #string(): string {
    const length = this.#uint64();
    this.#at += length;
    return this.#bytes.toString('utf8', this.#at - length, this.#at);
  }

  #skip(type: number): void {
    if (type === 8) this.#string();
    else if (type === 9) {
      const items = this.#uint32();
      const count = this.#uint64();
      for (let index = 0; index < count; index += 1) this.#skip(items);
    } else this.#at += scalarBytes[type] ?? 0;
  }

  #tensor(): EditedTensor {
    const name = this.#string();
    const shape = Array.from({ length: this.#uint32() }, () => this.#uint64());
    return { name, shape, type: this.#uint32(), offset: this.#uint64() };
  }
}

interface Tail {
  readonly source: string;
  readonly from: number;
  readonly fill: number | null;
}

/** Writes a new head before the bytes of `source` from `from` on. */
function writeWithTail(path: string, head: Buffer, { source, from, fill }: Tail): void {
  const [input, output] = [openSync(source, 'r'), openSync(path, 'w')];
  const piece = Buffer.alloc(8 * 1024 * 1024);
  writeSync(output, head);
  for (let at = from; ; ) {
    const read = readSync(input, piece, 0, piece.length, at);
    if (read === 0) break;
    if (fill !== null) piece.fill(fill);
    writeSync(output, piece, 0, read);
    at += read;
  }
  closeSync(input);
  closeSync(output);
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

function text(value: string): Buffer {
  return Buffer.concat([uint64(Buffer.byteLength(value)), Buffer.from(value)]);
}
