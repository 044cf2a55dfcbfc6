import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../contract/errors.ts';
import { type FileLayout, unsupported } from '../gguf/layout.ts';
import { openModel } from '../gguf/open-model.ts';
import { readLayout } from '../gguf/read-header.ts';
import { isPart } from '../gguf/split.ts';
import { aligned } from '../gguf/tensors.ts';
import { formats } from './decode-blocks.ts';
import { blockBytes, blockItems, elementType, encodeBlock, fileType } from './encode-iq4-nl.ts';
import { type PlannedTensor, planCopy } from './plan-copy.ts';

/** Numbers that are stored anew between two looks at the signal: some 30 ms. */
const chunkItems = 1024 * 1024;

/**
 * Writes the copy of a model that `planCopy` describes and gives it its name when it is whole; yields the bytes of tensors
 * written so far. When it ends early nothing is left. Throws `model/…` for a source that cannot be read.
 */
export async function* writeFastCopy(
  source: string,
  target: string,
  signal: AbortSignal,
): AsyncGenerator<{ readonly doneBytes: number }> {
  const layout = await readLayout(source);
  if (isPart(layout)) throw unsupported('one part of several');
  const { tensors, bytes } = planCopy(layout);
  const part = partOf(target);
  const { handle: from } = await openModel(source);
  try {
    const to = await open(part, 'w');
    try {
      const head = headOf(await readExactly(from, 0, layout.pairs.end), layout, tensors);
      await to.write(head, 0, head.length, 0);
      for (const tensor of tensors) {
        const place = { from: layout.dataStart + tensor.source.offset, to: head.length + tensor.offset };
        for await (const doneBytes of copyTensor(tensor, from, to, place, signal))
          yield { doneBytes: tensor.offset + doneBytes };
      }
      // The room after the last tensor belongs to the file, too.
      await to.truncate(head.length + bytes);
      await to.sync();
    } finally {
      await to.close();
    }
    await rename(part, target);
  } finally {
    await from.close();
    await rm(part, { force: true });
  }
}

/** Where a copy is written before it is whole. */
export function partOf(target: string): string {
  return `${target}.part`;
}

/** Copies a tensor piece by piece; yields the bytes of it that are written. */
async function* copyTensor(
  { source, type, bytes }: PlannedTensor,
  from: FileHandle,
  to: FileHandle,
  place: { readonly from: number; readonly to: number },
  signal: AbortSignal,
): AsyncGenerator<number> {
  const format = type === source.type ? null : (formats[source.type] ?? null);
  const pieceBytes = format === null ? chunkItems : (chunkItems / format.items) * format.bytes;
  let written = 0;
  for (let at = 0; at < source.bytes; at += pieceBytes) {
    const piece = await readExactly(from, place.from + at, Math.min(pieceBytes, source.bytes - at));
    const stored = format === null ? piece : storeAnew(piece, format);
    await to.write(stored, 0, stored.length, place.to + written);
    written += stored.length;
    yield written;
    await setImmediate();
    signal.throwIfAborted();
  }
  if (written !== bytes) throw new AppError('app/internal', `${source.name} took ${written} bytes, not ${bytes}`);
}

function storeAnew(piece: Uint8Array, format: (typeof formats)[number]): Uint8Array {
  const blocks = piece.length / format.bytes;
  const values = new Float32Array(format.items);
  const stored = new Uint8Array(((blocks * format.items) / blockItems) * blockBytes);
  let to = 0;
  for (let block = 0; block < blocks; block += 1) {
    format.decode(piece, block * format.bytes, values, 0);
    for (let from = 0; from < format.items; from += blockItems) {
      encodeBlock(values, from, stored, to);
      to += blockBytes;
    }
  }
  return stored;
}

/** The header of the copy: the pairs as they are, but for the kind of quantization, and the tensors as planned. */
function headOf(start: Buffer, { fileTypeAt, alignment }: FileLayout, tensors: readonly PlannedTensor[]): Buffer {
  if (fileTypeAt !== null && tensors.some(({ type }) => type === elementType))
    start.writeUInt32LE(fileType, fileTypeAt);
  const head = Buffer.concat([start, ...tensors.map(describeTensor)]);
  return Buffer.concat([head, Buffer.alloc(aligned(head.length, alignment) - head.length)]);
}

function describeTensor({ source: { name, shape }, type, offset }: PlannedTensor): Buffer {
  const letters = Buffer.from(name);
  const numbers = Buffer.alloc(4 + 8 * shape.length + 4 + 8);
  numbers.writeUInt32LE(shape.length, 0);
  for (const [index, length] of shape.entries()) numbers.writeBigUInt64LE(BigInt(length), 4 + 8 * index);
  numbers.writeUInt32LE(type, 4 + 8 * shape.length);
  numbers.writeBigUInt64LE(BigInt(offset), 8 + 8 * shape.length);
  const count = Buffer.alloc(8);
  count.writeBigUInt64LE(BigInt(letters.length));
  return Buffer.concat([count, letters, numbers]);
}

async function readExactly(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  if (bytesRead === length) return buffer;
  throw new AppError('model/cut', 'the file became shorter while it was read', { action: 'get-model' });
}
