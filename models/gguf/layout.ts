import { AppError } from '../../contract/errors.ts';
import { BufferReader } from './buffer-reader.ts';
import { readTensors, type TensorList } from './tensors.ts';

/** A range of bytes of a file; `end` is the first one after it. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Where everything in a GGUF file lies. */
export interface FileLayout extends TensorList {
  readonly version: number;
  readonly pairCount: number;
  /** The bytes of all pairs of key and value. */
  readonly pairs: ByteRange;
  /** The values by key; null stands for a list. */
  readonly values: ReadonlyMap<string, unknown>;
  /** Where the number of `general.file_type` is; null when the file does not tell how it is quantized. */
  readonly fileTypeAt: number | null;
  readonly alignment: number;
}

const limits = { pairs: 4096, tensors: 32_768, arrayItems: 4_000_000, stringBytes: 8 * 1024 * 1024 };
const uint32Type = 4;

/** Parses the beginning of a file of `fileBytes` bytes; throws HeaderTooShort when more bytes are needed. */
export function parseLayout(buffer: Uint8Array, fileBytes: number): FileLayout {
  const reader = new BufferReader(buffer);
  if (buffer.length < 4 || reader.ascii(4) !== 'GGUF') throw notAModel('it does not begin as a model file does');
  const version = reader.uint32();
  if (version !== 2 && version !== 3) throw unsupported(`version ${version}`);
  const tensorCount = reader.count(limits.tensors, 'tensors');
  const pairCount = reader.count(limits.pairs, 'entries');
  const values = new Map<string, unknown>();
  const start = reader.position;
  let fileTypeAt: number | null = null;
  for (let index = 0; index < pairCount; index += 1) {
    const key = reader.string(limits.stringBytes);
    const type = reader.uint32();
    if (key === 'general.file_type' && type === uint32Type) fileTypeAt = reader.position;
    values.set(key, reader.value(type, limits));
  }
  const pairs = { start, end: reader.position };
  const alignment = numberOf(values, 'general.alignment') ?? 32;
  // The first of several parts may have nothing but the values.
  if (tensorCount < 1 && (numberOf(values, 'split.count') ?? 1) < 2) throw unsupported('no tensors');
  const list = readTensors(reader, tensorCount, alignment, fileBytes);
  return { version, pairCount, pairs, values, fileTypeAt, alignment, ...list };
}

export function numberOf(values: ReadonlyMap<string, unknown>, key: string): number | null {
  const value = values.get(key);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function notAModel(why: string): AppError {
  return new AppError('model/not-a-model', why, { action: 'choose-model' });
}

export function cut(): AppError {
  return new AppError('model/cut', 'the file ends before the model does', { action: 'get-model' });
}

export function unsupported(why: string): AppError {
  return new AppError('model/unsupported', why, { values: { detail: why }, action: 'choose-model' });
}
