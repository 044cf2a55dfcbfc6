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

/** Reads the list of tensors and checks that each lies inside the file: one that does not means that the file was cut. */
export function checkTensors(reader: BufferReader, count: number, alignment: number, fileBytes: number): void {
  if (count < 1) throw unsupported('no tensors');
  if (alignment < 1 || alignment > 65_536 || (alignment & (alignment - 1)) !== 0) throw unsupported('alignment');
  let furthest = 0n;
  for (let index = 0; index < count; index += 1) {
    reader.string(1024);
    const end = readTensorEnd(reader);
    if (end > furthest) furthest = end;
  }
  const dataStart = BigInt(Math.ceil(reader.position / alignment) * alignment);
  if (dataStart + furthest > BigInt(fileBytes)) {
    throw new AppError('model/cut', 'the file ends before its last tensor', {
      values: { haveBytes: fileBytes, needBytes: Number(dataStart + furthest) },
      action: 'get-model',
    });
  }
}

function readTensorEnd(reader: BufferReader): bigint {
  const dimensions = reader.uint32();
  if (dimensions < 1 || dimensions > 4) throw unsupported('dimensions');
  let items = 1n;
  for (let index = 0; index < dimensions; index += 1) {
    const length = reader.uint64();
    if (length < 1n || length > 1n << 40n) throw unsupported('tensor size');
    items *= length;
  }
  const block = blocks[reader.uint32()];
  if (block === undefined) throw unsupported('element type');
  const [blockItems, blockBytes] = block;
  if (items > 1n << 44n) throw unsupported('tensor size');
  const offset = reader.uint64();
  if (offset > 1n << 50n) throw unsupported('tensor offset');
  return offset + ((items + BigInt(blockItems) - 1n) / BigInt(blockItems)) * BigInt(blockBytes);
}

function unsupported(detail: string): AppError {
  return new AppError('model/unsupported', detail, { values: { detail }, action: 'choose-model' });
}
