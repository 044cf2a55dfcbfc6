import { describe, expect, it } from 'vitest';
import { loadReadingModels, type ReadingModels } from '../../../../models/sight/reading-models.ts';

/** Fields of ONNX's protocol buffer by their numbers: a text or a message, or a number. */
type Field = readonly [number: number, value: string | Uint8Array | number];

function message(...fields: readonly Field[]): Buffer {
  return Buffer.concat(
    fields.flatMap(([number, value]) => {
      if (typeof value === 'number') return [varint(number << 3), varint(value)];
      const bytes = Buffer.from(value as Uint8Array);
      return [varint((number << 3) | 2), varint(bytes.length), bytes];
    }),
  );
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let left = BigInt.asUintN(64, BigInt(value)); ; left >>= 7n) {
    bytes.push(Number(left & 127n) | (left > 127n ? 128 : 0));
    if (left <= 127n) return Buffer.from(bytes);
  }
}

const floats = 1;
const numbers = 7;
const shaped = (name: string, type: number, dims: readonly string[]) =>
  message(
    [1, name],
    [2, message([1, message([1, type], [2, message(...dims.map((dim): Field => [1, message([2, dim])]))])])],
  );
const numbersOf = (name: string, ...values: readonly number[]) =>
  message(
    [1, values.length],
    [2, numbers],
    [8, name],
    [9, new Uint8Array(new BigInt64Array(values.map(BigInt)).buffer)],
  );
const step = (kind: string, takes: readonly string[]) =>
  message(...takes.map((name): Field => [1, name]), [2, 'out'], [4, kind]);

/** A model of one step; it has the letters that one needs which reads lines. */
function model(node: Buffer, constants: readonly Buffer[] = [], out = floats): Buffer {
  const graph = message(
    [1, node],
    [2, 'g'],
    ...constants.map((one): Field => [5, one]),
    [11, shaped('in', floats, ['n', 'c', 'h', 'w'])],
    [12, shaped('out', out, ['a', 'b'])],
  );
  return message([1, 8], [7, graph], [8, message([1, ''], [2, 15])], [14, message([1, 'character'], [2, 'a\nb'])]);
}

const same = model(step('Identity', ['in']));
const view = new Float32Array(3 * 32 * 48);

describe('a model that is none for pictures, though it can be opened', () => {
  it.each<[string, Buffer]>([
    ['gives other numbers than it was asked for', same],
    ['gives no numbers of that kind', model(step('Shape', ['in']), [], numbers)],
    ['wants another shape', model(step('Reshape', ['in', 'to']), [numbersOf('to', 5, 5)])],
    ['asks for a row that is not there', model(step('Gather', ['in', 'which']), [numbersOf('which', 99)])],
  ])('is told as damaged, by the mark and by the line: %s', async (_name, bytes) => {
    const models = await loadReadingModels(bytes, bytes);
    await expect(models.mark(view, 32, 48)).rejects.toMatchObject({ code: 'picture/model-damaged' });
    await expect(models.read(view, 32, 48)).rejects.toMatchObject({ code: 'picture/model-damaged' });
  });

  it('is told as wanting too much where it wants more memory than there can be', async () => {
    const huge = model(step('Tile', ['in', 'times']), [numbersOf('times', 1, 1, 2 ** 14, 2 ** 14)]);
    const models: ReadingModels = await loadReadingModels(same, huge);
    await expect(models.read(view, 32, 48)).rejects.toMatchObject({ code: 'file/too-much-memory' });
  });
});
