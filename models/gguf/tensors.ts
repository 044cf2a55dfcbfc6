import { AppError } from '../../contract/errors.ts';
import type { BufferReader } from './buffer-reader.ts';

/** Items and bytes of one block of each element type of ggml that can be stored in a file, by type number. */
const blocks: Readonly<Record<number, readonly [items: number, bytes: number]>> = {
  0: [1, 4],
  1: [1, 2],
  2: [32, 18],
  3: [32, 20],
  6: [32, 22],
  7: [32, 24],
  8: [32, 34],
  9: [32, 36],
  10: [256, 84],
  11: [256, 110],
  12: [256, 144],
  13: [256, 176],
  14: [256, 210],
  15: [256, 292],
  16: [256, 66],
  17: [256, 74],
  18: [256, 98],
  19: [256, 50],
  20: [32, 18],
  21: [256, 110],
  22: [256, 82],
  23: [256, 136],
  24: [1, 1],
  25: [1, 2],
  26: [1, 4],
  27: [1, 8],
  28: [1, 8],
  29: [256, 56],
  30: [1, 2],
  34: [256, 54],
  35: [256, 66],
  39: [32, 17],
};

/** Where a tensor lies and how its numbers are stored. */
export interface TensorInfo {
  readonly name: string;
  /** Sizes, the fastest first. */
  readonly shape: readonly number[];
  /** Element type of ggml, by number. */
  readonly type: number;
  /** Bytes from the beginning of the tensor data. */
  readonly offset: number;
  readonly bytes: number;
}

export interface TensorList {
  readonly tensors: readonly TensorInfo[];
  /** Bytes from the beginning of the file to the tensor data. */
  readonly dataStart: number;
}

/** Reads the list of tensors and checks that each lies inside the file: one that does not means that the file was cut. */
export function readTensors(reader: BufferReader, count: number, alignment: number, fileBytes: number): TensorList {
  if (alignment < 1 || alignment > 65_536 || (alignment & (alignment - 1)) !== 0) throw unsupported('alignment');
  const tensors = Array.from({ length: count }, () => readTensor(reader));
  const furthest = tensors.reduce((most, { offset, bytes }) => Math.max(most, offset + bytes), 0);
  const dataStart = aligned(reader.position, alignment);
  if (dataStart + furthest > fileBytes) {
    throw new AppError('model/cut', 'the file ends before its last tensor', {
      values: { haveBytes: fileBytes, needBytes: dataStart + furthest },
      action: 'get-model',
    });
  }
  return { tensors, dataStart };
}

/** The next multiple of `alignment`. */
export function aligned(position: number, alignment: number): number {
  return Math.ceil(position / alignment) * alignment;
}

/** Bytes that so many numbers take in an element type; a last block that is not full takes a whole one. */
export function bytesOf(type: number, items: number): number {
  const block = blocks[type];
  if (block === undefined) throw unsupported('element type');
  const [blockItems, blockBytes] = block;
  return Math.ceil(items / blockItems) * blockBytes;
}

function readTensor(reader: BufferReader): TensorInfo {
  const name = reader.string(1024);
  const dimensions = reader.uint32();
  if (dimensions < 1 || dimensions > 4) throw unsupported('dimensions');
  const shape = Array.from({ length: dimensions }, () => reader.count(2 ** 40, 'numbers in a tensor'));
  const items = shape.reduce((product, length) => product * length, 1);
  // Each is exact as a number below this, and so is what is computed of them.
  if (items < 1 || items > 2 ** 44) throw unsupported('tensor size');
  const type = reader.uint32();
  const offset = reader.count(2 ** 50, 'bytes before a tensor');
  return { name, shape, type, offset, bytes: bytesOf(type, items) };
}

function unsupported(detail: string): AppError {
  return new AppError('model/unsupported', detail, { values: { detail }, action: 'choose-model' });
}
