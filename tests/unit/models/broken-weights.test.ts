import { describe, expect, it } from 'vitest';
import { SameToken } from '../../../models/engine/broken-weights.ts';

const times = (count: number, token: number) => Array.from({ length: count }, () => token);

/** How many tokens of an answer come before it is ended; all of them when it is not. */
function taken(prompt: readonly number[], answer: readonly number[]): number {
  const same = new SameToken(prompt);
  const end = answer.findIndex((token) => {
    same.add(token);
    return same.isStuck;
  });
  return end < 0 ? answer.length : end + 1;
}

describe('an answer of one token in a row', () => {
  it('is ended after some hundreds: weights that are damaged write a dot without end', () => {
    expect(taken([1, 2, 3], times(4096, 9))).toBe(401);
  });

  it.each([
    ['a line of dashes', times(120, 5)],
    ['a matrix of zeros', Array.from({ length: 2000 }, (_, at) => (at % 2 === 0 ? 0 : 7))],
    ['rows of a table', Array.from({ length: 3000 }, (_, at) => (at % 50 === 49 ? 2 : 5))],
    ['lines of dashes, one after another', Array.from({ length: 3000 }, (_, at) => (at % 300 === 299 ? 2 : 5))],
  ])('is left alone as %s', (_, answer) => {
    expect(taken([1, 2, 3], answer)).toBe(answer.length);
  });

  it('may be as long as in the prompt: a text with a thousand zeros is corrected', () => {
    expect(taken([1, ...times(1000, 0), 2], [...times(1000, 0), 2])).toBe(1001);
  });
});
