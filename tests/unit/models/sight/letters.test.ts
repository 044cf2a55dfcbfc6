import { describe, expect, it } from 'vitest';
import { lettersOf, readLetters } from '../../../../models/sight/letters.ts';

const letters = ['', '船', 'a', 'b', ' '];

function steps(...told: readonly (readonly [letter: number, sure: number])[]): Float32Array {
  const likely = new Float32Array(told.length * letters.length);
  for (const [step, [letter, sure]] of told.entries()) likely[step * letters.length + letter] = sure;
  return likely;
}

/** A protocol buffer of fields that have a length. */
function message(...fields: readonly (readonly [field: number, content: Uint8Array | string])[]): Uint8Array {
  return Buffer.concat(
    fields.map(([field, content]) => {
      const bytes = Buffer.from(content);
      return Buffer.concat([varint(field * 8 + 2), varint(bytes.length), bytes]);
    }),
  );
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; bytes.length === 0 || rest > 0; rest = Math.floor(rest / 128))
    bytes.push((rest % 128) + (rest >= 128 ? 128 : 0));
  return Buffer.from(bytes);
}

describe('the letters of a line', () => {
  it('are counted once where they go on, and twice where something stands between', () => {
    const likely = steps([2, 1], [2, 1], [0, 1], [2, 1], [3, 1], [1, 1], [4, 1]);
    expect(lettersOf(likely, 7, letters)).toEqual({ text: 'aab船 ', confidence: 1 });
  });

  it('are as sure as they are on average; no letter is not sure at all', () => {
    expect(lettersOf(steps([2, 0.5], [0, 1], [3, 0.75]), 3, letters).confidence).toBeCloseTo(0.625);
    expect(lettersOf(steps([0, 1], [0, 1]), 2, letters)).toEqual({ text: '', confidence: 0 });
  });

  it('are those in the model’s own file, between the empty one and a space', () => {
    const other = message([1, 'author'], [2, 'x']);
    const own = message([1, 'character'], [2, '船\na\nb\n']);
    const model = message([7, 'a graph'.repeat(100)], [14, other], [14, own]);
    expect(readLetters(model)).toEqual(letters);
  });

  it.each([
    ['without any', message([14, message([1, 'author'], [2, 'x'])])],
    ['that is empty', new Uint8Array()],
    ['whose field has no end', message([14, 'character']).subarray(0, 6)],
    ['of a number without an end', new Uint8Array(40).fill(255)],
    ['of no known kind', Buffer.from([0x0b, 0, 0, 0])],
  ])('of a file %s are none: the model is damaged', (_, model) => {
    expect(() => readLetters(model)).toThrow(expect.objectContaining({ code: 'picture/model-damaged' }));
  });
});
