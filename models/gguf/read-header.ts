import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { AppError } from '../../contract/errors.ts';
import type { ModelPurpose } from '../../contract/model.ts';
import { BufferReader, HeaderTooShort } from './buffer-reader.ts';
import { checkTensors } from './tensors.ts';

/** What the header of a model file says, after every count and length in it was checked. */
export interface ModelHeader {
  readonly architecture: string;
  readonly purpose: ModelPurpose;
  readonly name: string | null;
  readonly fileBytes: number;
  /** Context window it was trained for, in tokens. */
  readonly contextTokens: number;
  readonly layers: number;
  /** Bytes of key-value cache per token at 16 bit; null when the header does not tell. */
  readonly cacheBytesPerToken: number | null;
  readonly tensors: number;
}

/** Headers hold the whole vocabulary: a few megabytes, never more than this. */
const headerLimit = 96 * 1024 * 1024;
const firstRead = 8 * 1024 * 1024;
const limits = { pairs: 4096, tensors: 32_768, arrayItems: 4_000_000, stringBytes: 8 * 1024 * 1024, layers: 512 };

/**
 * Reads the header of a GGUF file (version 2 or 3) with every length bounded, before any native code sees the file.
 * Errors: `model/file-missing`, `model/not-a-model`, `model/cut`, `model/unsupported`.
 */
export async function readModelHeader(path: string): Promise<ModelHeader> {
  const file = await open(path, 'r').catch(missing);
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw notAModel('it is not a file');
    for (let length = firstRead; ; length *= 4) {
      const buffer = Buffer.alloc(Math.min(stat.size, length, headerLimit));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
      const header = parseSoFar(buffer.subarray(0, bytesRead), stat.size);
      if (header !== null) return header;
    }
  } finally {
    await file.close();
  }
}

/** The same at once, for the few places that cannot wait; it holds the process up for some ten milliseconds. */
export function readModelHeaderNow(path: string): ModelHeader {
  const file = openNow(path);
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) throw notAModel('it is not a file');
    for (let length = firstRead; ; length *= 4) {
      const buffer = Buffer.alloc(Math.min(stat.size, length, headerLimit));
      const header = parseSoFar(buffer.subarray(0, readSync(file, buffer, 0, buffer.length, 0)), stat.size);
      if (header !== null) return header;
    }
  } finally {
    closeSync(file);
  }
}

function openNow(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (error) {
    return missing(error as NodeJS.ErrnoException);
  }
}

/** Null when the header is longer than what was read; throws when no more may be read. */
function parseSoFar(buffer: Uint8Array, fileBytes: number): ModelHeader | null {
  try {
    return parseHeader(buffer, fileBytes);
  } catch (error) {
    if (!(error instanceof HeaderTooShort)) throw error;
    if (buffer.length >= fileBytes) throw cut();
    if (buffer.length >= headerLimit) throw unsupported('its header is too large');
    return null;
  }
}

function missing(error: NodeJS.ErrnoException): never {
  throw new AppError('model/file-missing', `${error.code ?? error.message}`, { action: 'choose-model' });
}

/** Parses a header from the beginning of a file of `fileBytes` bytes; throws HeaderTooShort when more bytes are needed. */
export function parseHeader(buffer: Uint8Array, fileBytes: number): ModelHeader {
  const reader = new BufferReader(buffer);
  if (buffer.length < 4 || reader.ascii(4) !== 'GGUF') throw notAModel('it does not begin as a model file does');
  const version = reader.uint32();
  if (version !== 2 && version !== 3) throw unsupported(`version ${version}`);
  const tensorCount = reader.count(limits.tensors, 'tensors');
  const pairCount = reader.count(limits.pairs, 'entries');
  const values = new Map<string, unknown>();
  for (let index = 0; index < pairCount; index += 1) {
    const key = reader.string(limits.stringBytes);
    values.set(key, reader.value(reader.uint32(), limits));
  }
  checkTensors(reader, tensorCount, numberOf(values, 'general.alignment') ?? 32, fileBytes);
  return describe(values, fileBytes, tensorCount);
}

function describe(values: ReadonlyMap<string, unknown>, fileBytes: number, tensors: number): ModelHeader {
  const architecture = values.get('general.architecture');
  if (typeof architecture !== 'string' || !/^[\w.-]{1,64}$/.test(architecture)) throw unsupported('no architecture');
  const of = (key: string) => numberOf(values, `${architecture}.${key}`);
  const layers = of('block_count');
  const contextTokens = of('context_length');
  if (layers === null || layers < 1 || layers > limits.layers) throw unsupported('layers');
  if (contextTokens === null || contextTokens < 16 || contextTokens > 100_000_000) throw unsupported('context length');
  const heads = of('attention.head_count');
  const keyValueHeads = of('attention.head_count_kv') ?? heads;
  const width = of('embedding_length');
  const headWidth = of('attention.key_length') ?? (width !== null && heads ? width / heads : null);
  const cacheBytesPerToken =
    headWidth !== null && keyValueHeads !== null ? Math.round(layers * keyValueHeads * headWidth * 2 * 2) : null;
  const name = values.get('general.name');
  return {
    architecture,
    purpose: purposeOf(architecture, of('pooling_type')),
    name: typeof name === 'string' ? name.toWellFormed().slice(0, 120) : null,
    fileBytes,
    contextTokens,
    layers,
    cacheBytesPerToken: cacheBytesPerToken !== null && cacheBytesPerToken > 0 ? cacheBytesPerToken : null,
    tensors,
  };
}

/** Architectures that only read; others tell by how they pool what they have read. */
const readingOnly = /(?:^|-)bert(?:$|-)|^gemma-embedding$|^t5encoder$/;
/** 0 pools nothing, as a chat model does; 4 orders texts by how well they fit a question. */
const poolsNothing = 0;
const ordersTexts = 4;

function purposeOf(architecture: string, pooling: number | null): ModelPurpose {
  if (pooling === ordersTexts) throw unsupported('it only puts texts in an order');
  return readingOnly.test(architecture) || (pooling !== null && pooling !== poolsNothing) ? 'embedding' : 'chat';
}

function numberOf(values: ReadonlyMap<string, unknown>, key: string): number | null {
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
