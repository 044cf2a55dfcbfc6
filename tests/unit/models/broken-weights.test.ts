import { describe, expect, it } from 'vitest';
import { Repeats } from '../../../models/engine/broken-weights.ts';

const times = (count: number, token: number) => Array.from({ length: count }, () => token);

/** Numbers of tokens from a hundred on are words, those below are signs and figures. */
const textOf = (token: number) => (token >= 100 ? ` word${token}` : ' 0');
/** A piece of so many tokens again and again, up to that many tokens. */
const cycle = (length: number, count: number, first = 100) =>
  Array.from({ length: count }, (_, at) => first + (at % length));

/** How many tokens of an answer come before it is ended; all of them when it is not. */
function taken(prompt: readonly number[], answer: readonly number[]): number {
  const same = new Repeats(prompt);
  const end = answer.findIndex((token) => {
    same.add(token, textOf(token));
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

// A file with a vocabulary that does not fit its weights wrote one word and a line end for 4,096 tokens, minutes on a busy machine.
describe('an answer of the same words again and again', () => {
  it.each([2, 7, 20, 40])('is ended after a thousand tokens where they are %s', (length) => {
    const ended = taken([1, 2, 3], cycle(length, 4096));
    expect(ended).toBeGreaterThan(1000);
    expect(ended).toBeLessThan(1100);
  });

  it('is ended as well behind an answer of its own', () => {
    const own = Array.from({ length: 500 }, (_, at) => 1000 + at);
    expect(taken([], [...own, ...cycle(6, 3000)])).toBeLessThan(1600);
  });

  it.each([
    ['a sentence a hundred times, as a punishment at school', cycle(8, 800)],
    [
      'a long list whose lines all differ in a word',
      Array.from({ length: 4000 }, (_, at) => (at % 10 === 9 ? 5000 + at : 100 + (at % 10))),
    ],
    ['rows of figures with a word before', [150, ...Array.from({ length: 3000 }, (_, at) => (at % 20 === 19 ? 2 : 5))]],
    ['a letter to each of twenty people in the same words', cycle(60, 1200)],
  ])('is left alone as %s', (_, answer) => {
    expect(taken([1, 2, 3], answer)).toBe(answer.length);
  });

  it('may be as long as in the prompt, as in a text that is corrected, or an answer that the person has go on', () => {
    const answer = cycle(8, 1900);
    expect(taken(answer, answer)).toBe(answer.length);
  });
});
