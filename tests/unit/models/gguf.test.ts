import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../contract/errors.ts';
import { readModelHeader } from '../../../models/gguf/read-header.ts';
import { smallGguf } from '../../support/gguf.ts';
import { seededRandom } from '../../support/random.ts';

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
