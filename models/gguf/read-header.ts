import { AppError } from '../../contract/errors.ts';
import type { ModelPurpose } from '../../contract/model.ts';
import { HeaderTooShort } from './buffer-reader.ts';
import { cleanName } from './clean-name.ts';
import { cut, type FileLayout, numberOf, parseLayout, unsupported } from './layout.ts';
import { answered, fileError, openModel } from './open-model.ts';
import { requirePlausible } from './plausible.ts';
import { isPart, partPaths, partsMissing } from './split.ts';

/** What the header of a model file says, after every count and length in it was checked. */
export interface ModelHeader {
  readonly architecture: string;
  readonly purpose: ModelPurpose;
  /** What the file calls itself, fit to be shown; null when it says nothing of use. */
  readonly name: string | null;
  /** Size of all parts together, in bytes. */
  readonly fileBytes: number;
  /** The files it lies in, the first one first; one where it was not cut into parts. */
  readonly parts: readonly string[];
  /** Context window it was trained for, in tokens. */
  readonly contextTokens: number;
  readonly layers: number;
  /** Bytes of key-value cache per token at 16 bit; null when the header does not tell. */
  readonly cacheBytesPerToken: number | null;
  readonly tensors: number;
  /** The program in the file that makes a text of a chat; null without one. */
  readonly chatTemplate: string | null;
}

/** Headers hold the whole vocabulary: a few megabytes, never more than this. */
const headerLimit = 96 * 1024 * 1024;
const firstRead = 8 * 1024 * 1024;
const mostLayers = 512;
/** The longest templates of models in use have some 30,000 characters. */
const mostTemplateCharacters = 256 * 1024;

/**
 * Reads the header of a GGUF file (version 2 or 3) with every length bounded, before any native code sees the file. Of a
 * model in several parts any part may be named; the headers of all are read. Errors: those of `openModel`, `model/cut`,
 * `model/unsupported`, `model/parts-missing`.
 */
export async function readModelHeader(path: string): Promise<ModelHeader> {
  const { layout, bytes } = await readStart(path);
  if (!isPart(layout)) return describe([layout], [path], bytes);
  const parts = partPaths(path, layout);
  const read = await Promise.all(parts.map((part) => (part === path ? { layout, bytes } : readPart(part))));
  const missing = parts.filter((_, index) => read[index] === null);
  if (missing.length > 0) throw partsMissing(missing, parts.length);
  const whole = read.flatMap((one) => one ?? []);
  for (const [index, one] of whole.entries()) requireSame(one.layout, index, parts.length);
  const sum = whole.reduce((total, one) => total + one.bytes, 0);
  const layouts = whole.map((one) => one.layout);
  const expected = layouts[0] && numberOf(layouts[0].values, 'split.tensors.count');
  if (expected !== layouts.reduce((total, { tensors }) => total + tensors.length, 0))
    throw unsupported('tensors of parts');
  return describe(layouts, parts, sum);
}

/** Reads where everything in one file lies, with the same bounds and errors. */
export async function readLayout(path: string): Promise<FileLayout> {
  return (await readStart(path)).layout;
}

interface Start {
  readonly layout: FileLayout;
  readonly bytes: number;
}

/** Null when the part is not there. */
async function readPart(path: string): Promise<Start | null> {
  return readStart(path).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'model/file-missing') return null;
    throw error;
  });
}

function requireSame({ values }: FileLayout, index: number, count: number): void {
  if (numberOf(values, 'split.count') !== count || numberOf(values, 'split.no') !== index)
    throw unsupported('parts of different models');
}

/** Parses the beginning of a file, and more of it as long as it ends before the header does. */
async function readStart(path: string): Promise<Start> {
  const { handle, bytes } = await openModel(path);
  try {
    for (let length = firstRead; ; length *= 4) {
      const buffer = Buffer.alloc(Math.min(bytes, length, headerLimit));
      const { bytesRead } = await answered(handle.read(buffer, 0, buffer.length, 0)).catch((error: unknown) => {
        throw fileError(error);
      });
      const layout = parseSoFar(buffer.subarray(0, bytesRead), bytes);
      if (layout !== null) return { layout, bytes };
      // It became shorter while it was read, or never had what it says.
      if (bytesRead < buffer.length) throw cut();
    }
  } finally {
    void handle.close().catch(() => {});
  }
}

/** Null when the header is longer than what was read; throws when no more may be read. */
function parseSoFar(buffer: Uint8Array, fileBytes: number): FileLayout | null {
  try {
    return parseLayout(buffer, fileBytes);
  } catch (error) {
    if (!(error instanceof HeaderTooShort)) throw error;
    if (buffer.length >= fileBytes) throw cut();
    if (buffer.length >= headerLimit) throw unsupported('its header is too large');
    return null;
  }
}

function describe(layouts: readonly FileLayout[], parts: readonly string[], fileBytes: number): ModelHeader {
  const values = layouts[0]?.values ?? new Map<string, unknown>();
  const tensors = layouts.flatMap((layout) => layout.tensors);
  const architecture = values.get('general.architecture');
  if (typeof architecture !== 'string' || !/^[\w.-]{1,64}$/.test(architecture)) throw unsupported('no architecture');
  const of = (key: string) => numberOf(values, `${architecture}.${key}`);
  const layers = of('block_count');
  const contextTokens = of('context_length');
  if (layers === null || layers < 1 || layers > mostLayers) throw unsupported('layers');
  if (contextTokens === null || contextTokens < 16 || contextTokens > 100_000_000) throw unsupported('context length');
  requirePlausible(architecture, values, tensors);
  return {
    architecture,
    purpose: purposeOf(architecture, of('pooling_type')),
    name: cleanName(values.get('general.name')),
    fileBytes,
    parts,
    contextTokens,
    layers,
    cacheBytesPerToken: cacheBytes(of, layers),
    tensors: tensors.length,
    chatTemplate: templateOf(values),
  };
}

function cacheBytes(of: (key: string) => number | null, layers: number): number | null {
  const heads = of('attention.head_count');
  const keyValueHeads = of('attention.head_count_kv') ?? heads;
  const width = of('embedding_length');
  const headWidth = of('attention.key_length') ?? (width !== null && heads ? width / heads : null);
  if (headWidth === null || keyValueHeads === null) return null;
  const bytes = Math.round(layers * keyValueHeads * headWidth * 2 * 2);
  return bytes > 0 ? bytes : null;
}

function templateOf(values: FileLayout['values']): string | null {
  const template = values.get('tokenizer.chat_template');
  if (typeof template !== 'string') return null;
  if (template.length > mostTemplateCharacters) throw unsupported('chat template');
  return template;
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
