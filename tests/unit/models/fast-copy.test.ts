import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { formats } from '../../../models/fast-copy/decode-blocks.ts';
import { blockBytes, encodeBlock } from '../../../models/fast-copy/encode-iq4-nl.ts';
import { writeFastCopy } from '../../../models/fast-copy/write-copy.ts';
import { readLayout } from '../../../models/gguf/read-header.ts';
import { type GgufTensor, ggufPieces } from '../../support/gguf.ts';
import { seededRandom } from '../../support/random.ts';
import { elementTypes, examples } from '../../support/weight-blocks.ts';

/** What the sixteen places of IQ4_NL stand for, from its description. */
const steps = [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113];

function decodeIq4Nl(bytes: Uint8Array): number[] {
  const scale = new Float16Array(bytes.slice(0, 2).buffer)[0] as number;
  const places = [...bytes.subarray(2)];
  return [...places.map((pair) => pair & 15), ...places.map((pair) => pair >> 4)].map(
    (place) => scale * (steps[place] as number),
  );
}

function throughBlock(values: readonly number[]): number[] {
  const bytes = new Uint8Array(blockBytes);
  encodeBlock(Float32Array.from(values), 0, bytes, 0);
  return decodeIq4Nl(bytes);
}

describe('a block of weights', () => {
  for (const [name, type] of Object.entries(elementTypes))
    if (type !== elementTypes.IQ4_NL)
      it(`of ${name} is read as its description says`, () => {
        const random = seededRandom(type);
        for (let round = 0; round < 20; round += 1) {
          const { bytes, values } = examples[type]?.(random) ?? { bytes: new Uint8Array(), values: [] };
          const format = formats[type];
          expect([format?.items, format?.bytes]).toEqual([values.length, bytes.length]);
          const target = new Float32Array(values.length + 2);
          format?.decode(Buffer.concat([Buffer.alloc(3), bytes]), 3, target, 1);
          for (const [index, value] of values.entries()) expect(target[index + 1]).toBeCloseTo(value, 3);
          expect([target[0], target.at(-1)]).toEqual([0, 0]);
        }
      });

  it('that lies on the steps of IQ4_NL already is stored exactly', () => {
    const random = seededRandom(1);
    for (const sign of [1, -1]) {
      const values = Array.from({ length: 32 }, () => sign * 0.25 * (steps[random(16)] as number));
      values[7] = sign * 0.25 * -127;
      expect(throughBlock(values)).toEqual(values);
    }
  });

  it('of ordinary weights comes back within a tenth, and better than by its largest number alone', () => {
    const random = seededRandom(2);
    let error = 0;
    let whole = 0;
    for (let round = 0; round < 200; round += 1) {
      const values = Array.from({ length: 32 }, () => (random(1000) + random(1000) + random(1000) - 1500) / 9000);
      const back = throughBlock(values);
      for (const [index, value] of values.entries()) {
        error += ((back[index] as number) - value) ** 2;
        whole += value ** 2;
      }
    }
    expect(Math.sqrt(error / whole)).toBeLessThan(0.09);
  });

  it('of zeros, of numbers too small for it, and with one number among zeros is no nonsense', () => {
    const nothing = Array.from({ length: 32 }, () => 0);
    for (const value of throughBlock(nothing)) expect(Math.abs(value)).toBe(0);
    for (const value of throughBlock(nothing.map(() => 1e-30))) expect(Math.abs(value)).toBe(0);
    const one = throughBlock(nothing.map((_, index) => (index === 20 ? 3 : 0)));
    expect(one[20]).toBeCloseTo(3, 1);
    expect(Math.max(...one.filter((_, index) => index !== 20).map(Math.abs))).toBeLessThan(0.05);
  });
});

describe('the fast copy of a model', () => {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-fast-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const never = new AbortController().signal;
  const source = join(folder, 'model.gguf');
  const target = join(folder, 'copy.gguf');

  function blocksOf(type: number, count: number): Uint8Array {
    const random = seededRandom(type);
    return Buffer.concat(Array.from({ length: count }, () => examples[type]?.(random).bytes ?? Buffer.alloc(0)));
  }

  const tensors: readonly GgufTensor[] = [
    { name: 'token_embd.weight', shape: [256, 4], type: elementTypes.Q6_K, bytes: blocksOf(elementTypes.Q6_K, 4) },
    { name: 'blk.0.attn_q.weight', shape: [256, 2], type: elementTypes.Q4_K, bytes: blocksOf(elementTypes.Q4_K, 2) },
    { name: 'blk.0.attn_q.bias', shape: [8], type: 0, bytes: Buffer.alloc(32, 1) },
    { name: 'blk.0.ffn_up.weight', shape: [256, 2], type: elementTypes.Q4_K, bytes: blocksOf(elementTypes.Q4_K, 2) },
    { name: 'blk.0.ffn_down.weight', shape: [32, 3], type: elementTypes.Q5_0, bytes: blocksOf(elementTypes.Q5_0, 3) },
    { name: 'output.weight', shape: [256, 4], type: elementTypes.Q6_K, bytes: blocksOf(elementTypes.Q6_K, 4) },
  ];
  const values = {
    'general.architecture': 'llama',
    'general.file_type': 15,
    'general.name': 'Copied',
    'llama.context_length': 2048,
    'llama.block_count': 1,
  };

  async function copy(): Promise<number[]> {
    const done: number[] = [];
    for await (const { doneBytes } of writeFastCopy(source, target, never)) done.push(doneBytes);
    return done;
  }

  it('holds the same tensors at their places, those that pay stored anew and the others byte for byte', async () => {
    writeFileSync(source, Buffer.concat(ggufPieces(values, tensors)));
    const done = await copy();
    const layout = await readLayout(target);
    expect(layout.values.get('general.name')).toBe('Copied');
    expect(layout.values.get('general.file_type')).toBe(25);
    const anew = new Set(['blk.0.ffn_up.weight', 'blk.0.ffn_down.weight', 'output.weight']);
    const file = readFileSync(target);
    for (const [index, { name, shape, type, bytes }] of tensors.entries()) {
      const tensor = layout.tensors[index];
      expect(tensor).toMatchObject({ name, shape, type: anew.has(name) ? elementTypes.IQ4_NL : type });
      const from = layout.dataStart + (tensor?.offset ?? 0);
      const stored = file.subarray(from, from + (tensor?.bytes ?? 0));
      if (!anew.has(name)) expect(stored.equals(bytes)).toBe(true);
      else expect(closeness(stored, type, bytes)).toBeLessThan(0.2);
    }
    expect(done.at(-1)).toBe(file.length - layout.dataStart);
    expect(readdirSync(folder).sort()).toEqual(['copy.gguf', 'model.gguf']);
  });

  it('shares what the model shares: an embedding that is the output too is stored anew', async () => {
    writeFileSync(source, Buffer.concat(ggufPieces(values, tensors.slice(0, -1))));
    await copy();
    expect((await readLayout(target)).tensors[0]?.type).toBe(elementTypes.IQ4_NL);
  });

  it('that is stopped, or whose model is cut, leaves nothing', async () => {
    rmSync(target, { force: true });
    const whole = Buffer.concat(ggufPieces(values, tensors));
    writeFileSync(source, whole);
    const stop = new AbortController();
    const stopped = async () => {
      for await (const _part of writeFastCopy(source, target, stop.signal)) stop.abort();
    };
    await expect(stopped()).rejects.toMatchObject({ name: 'AbortError' });
    writeFileSync(source, whole.subarray(0, whole.length - 100));
    await expect(copy()).rejects.toMatchObject({ code: 'model/cut' });
    expect(existsSync(target)).toBe(false);
    expect(readdirSync(folder)).toEqual(['model.gguf']);
  });
});

/** How far blocks of IQ4_NL are from what they were made of, relative to the numbers. */
function closeness(stored: Uint8Array, type: number, bytes: Uint8Array): number {
  const format = formats[type];
  if (format === undefined) return Number.NaN;
  const before = new Float32Array((bytes.length / format.bytes) * format.items);
  for (let block = 0; block < bytes.length / format.bytes; block += 1)
    format.decode(bytes, block * format.bytes, before, block * format.items);
  let error = 0;
  let whole = 0;
  for (let block = 0; block < stored.length / blockBytes; block += 1)
    for (const [index, value] of decodeIq4Nl(
      Uint8Array.from(stored.subarray(block * blockBytes, (block + 1) * blockBytes)),
    ).entries()) {
      error += (value - (before[block * 32 + index] as number)) ** 2;
      whole += (before[block * 32 + index] as number) ** 2;
    }
  return Math.sqrt(error / whole);
}
