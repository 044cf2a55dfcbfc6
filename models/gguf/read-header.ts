import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { AppError } from '../../contract/errors.ts';
import type { ModelPurpose } from '../../contract/model.ts';
import { HeaderTooShort } from './buffer-reader.ts';
import { cut, type FileLayout, notAModel, numberOf, parseLayout, unsupported } from './layout.ts';

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
const mostLayers = 512;

/**
 * Reads the header of a GGUF file (version 2 or 3) with every length bounded, before any native code sees the file.
 * Errors: `model/file-missing`, `model/not-a-model`, `model/cut`, `model/unsupported`.
 */
export function readModelHeader(path: string): Promise<ModelHeader> {
  return readStart(path, (buffer, fileBytes) => describe(parseLayout(buffer, fileBytes), fileBytes));
}

/** Reads where everything in a file lies, with the same bounds and errors. */
export function readLayout(path: string): Promise<FileLayout> {
  return readStart(path, parseLayout);
}

/** Gives a parser the beginning of a file, and more of it as long as it ends before the header does. */
async function readStart<Value>(path: string, parse: (buffer: Uint8Array, fileBytes: number) => Value): Promise<Value> {
  const file = await open(path, 'r').catch(missing);
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw notAModel('it is not a file');
    for (let length = firstRead; ; length *= 4) {
      const buffer = Buffer.alloc(Math.min(stat.size, length, headerLimit));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
      const value = parseSoFar(buffer.subarray(0, bytesRead), stat.size, parse);
      if (value !== null) return value;
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
      const bytes = buffer.subarray(0, readSync(file, buffer, 0, buffer.length, 0));
      const layout = parseSoFar(bytes, stat.size, parseLayout);
      if (layout !== null) return describe(layout, stat.size);
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
function parseSoFar<Value>(
  buffer: Uint8Array,
  fileBytes: number,
  parse: (buffer: Uint8Array, fileBytes: number) => Value,
): Value | null {
  try {
    return parse(buffer, fileBytes);
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

function describe({ values, tensors }: FileLayout, fileBytes: number): ModelHeader {
  const architecture = values.get('general.architecture');
  if (typeof architecture !== 'string' || !/^[\w.-]{1,64}$/.test(architecture)) throw unsupported('no architecture');
  const of = (key: string) => numberOf(values, `${architecture}.${key}`);
  const layers = of('block_count');
  const contextTokens = of('context_length');
  if (layers === null || layers < 1 || layers > mostLayers) throw unsupported('layers');
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
    tensors: tensors.length,
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
