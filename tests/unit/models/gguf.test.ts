import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../contract/errors.ts';
import { readModelHeader } from '../../../models/gguf/read-header.ts';
import { ggufPieces, smallGguf } from '../../support/gguf.ts';
import { seededRandom } from '../../support/random.ts';

const plain = {
  'general.architecture': 'llama',
  'llama.context_length': 2048,
  'llama.block_count': 1,
  'llama.attention.head_count': 4,
  'llama.embedding_length': 64,
};

describe('the header of a model file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-gguf-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function read(bytes: Uint8Array) {
    const path = join(folder, 'model.gguf');
    writeFileSync(path, bytes);
    return readModelHeader(path);
  }

  const codeOf = (bytes: Uint8Array) =>
    read(bytes).then(
      () => 'ok',
      (error: unknown) => (error instanceof AppError ? error.code : String(error)),
    );

  it('tells architecture, context window and the memory of a token', async () => {
    expect(await read(smallGguf())).toMatchObject({
      architecture: 'llama',
      name: 'Small',
      contextTokens: 2048,
      layers: 2,
      cacheBytesPerToken: 2 * 2 * 16 * 2 * 2,
    });
  });

  it('tells a model that only compares sentences from one that answers', async () => {
    const purpose = async (changes: Record<string, string | number>) => (await read(smallGguf(changes))).purpose;
    const named = (architecture: string) => ({
      'general.architecture': architecture,
      [`${architecture}.context_length`]: 512,
      [`${architecture}.block_count`]: 2,
    });
    expect(await purpose({})).toBe('chat');
    for (const architecture of ['bert', 'nomic-bert', 'nomic-bert-moe', 'jina-bert-v2', 'gemma-embedding'])
      expect(await purpose(named(architecture))).toBe('embedding');
    expect(await purpose({ 'llama.pooling_type': 3 })).toBe('embedding');
    expect(await purpose({ 'llama.pooling_type': 0 })).toBe('chat');
    expect(await codeOf(smallGguf({ 'llama.pooling_type': 4 }))).toBe('model/unsupported');
  });

  it('of a picture, a web page and an empty file is refused as not a model', async () => {
    const picture = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
    for (const bytes of [picture, Buffer.from('<!doctype html>'), Buffer.alloc(0), Buffer.from('GG')])
      expect(await codeOf(bytes)).toBe('model/not-a-model');
  });

  it('of a file cut anywhere is seen to be cut', async () => {
    const whole = smallGguf();
    for (let length = 8; length < whole.length; length += 1)
      expect(await codeOf(whole.subarray(0, length))).toBe('model/cut');
  });

  it('with lies in it is refused before anything is allocated', async () => {
    expect(await codeOf(smallGguf({ 'llama.block_count': 4_000_000_000 }))).toBe('model/unsupported');
    expect(await codeOf(smallGguf({ 'llama.context_length': 1 }))).toBe('model/unsupported');
    expect(await codeOf(smallGguf({ 'general.alignment': 3 }))).toBe('model/unsupported');
    expect(await codeOf(smallGguf({ 'general.architecture': '../../etc' }))).toBe('model/unsupported');
    const manyTensors = smallGguf();
    manyTensors.writeBigUInt64LE(0xffff_ffff_ffff_ffffn, 8);
    expect(await codeOf(manyTensors)).toBe('model/unsupported');
  });

  it.each([
    ['feed_forward_length', 0, 'blk.0.ffn_up.weight'],
    ['attention.head_count', 0, 'blk.0.attn_q.weight'],
    ['attention.head_count', 4_000_000, 'output.weight'],
    ['attention.head_count_kv', 0, 'blk.0.attn_k.weight'],
    ['attention.head_count_kv', 5, 'output.weight'],
    ['embedding_length', 0, 'output.weight'],
    ['rope.dimension_count', 1_000_000, 'output.weight'],
    ['expert_used_count', 9, 'output.weight'],
    ['rope.freq_base', { float: Number.NaN }, 'output.weight'],
    ['rope.freq_base', { float: -1 }, 'output.weight'],
    ['attention.layer_norm_rms_epsilon', { float: -1 }, 'output.weight'],
    ['some.other', { float: Number.POSITIVE_INFINITY }, 'output.weight'],
  ] as const)('with %s = %o is refused before native code divides by it', async (key, value, tensor) => {
    const values = { ...plain, 'llama.expert_count': 8, [`llama.${key}`]: value };
    const tensors = [{ name: tensor, shape: [32], type: 0, bytes: Buffer.alloc(128) }];
    await expect(read(Buffer.concat(ggufPieces(values, tensors)))).rejects.toMatchObject({
      code: 'model/unsupported',
      detail: { values: { detail: key } },
    });
  });

  it('of a model without attention may say that it has no heads', async () => {
    const values = { ...plain, 'llama.attention.head_count': 0, 'llama.feed_forward_length': 0 };
    const tensors = [{ name: 'blk.0.ssm_in.weight', shape: [32], type: 0, bytes: Buffer.alloc(128) }];
    expect(await codeOf(Buffer.concat(ggufPieces(values, tensors)))).toBe('ok');
  });

  it('with a chat template of a megabyte is refused', async () => {
    expect(await codeOf(smallGguf({ 'tokenizer.chat_template': 'x'.repeat(1_000_000) }))).toBe('model/unsupported');
    expect(await codeOf(smallGguf({ 'tokenizer.chat_template': 'x'.repeat(100_000) }))).toBe('ok');
  });

  it('with random damage ends in a named error or a header, never in anything else', async () => {
    const random = seededRandom(7);
    const whole = smallGguf();
    for (let round = 0; round < 300; round += 1) {
      const bytes = Buffer.from(whole);
      for (let change = 0; change <= random(6); change += 1) bytes[random(bytes.length)] = random(256);
      expect(await codeOf(bytes)).toMatch(/^(ok|model\/(cut|unsupported|not-a-model))$/);
    }
  });
});
