import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countWords } from '../../../text/words.ts';
import { readSources } from '../../arch/source-files.ts';

describe('the words of a text', () => {
  it.each([
    ['', 0],
    ['Three small words.', 3],
    ["it’s well-known, isn't it_", 4],
    ["- 'quoted' - _", 1],
    ['灯塔建于 1892 年', 6],
    ['Beckon招之来', 4],
    ['ひらがな カタカナ 한글', 10],
    ['𠀀𠀁 𝒜𝒷 \ud800 👩‍👩‍👧', 3],
  ])('are counted as a person does: %j', (text, words) => {
    expect(countWords(text)).toBe(words);
  });

  it('are the same that patterns find', () => {
    const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
    const byPatterns = (text: string) =>
      (text.match(cjk)?.length ?? 0) +
      (text.replaceAll(cjk, ' ').match(/[\p{L}\p{N}][\p{L}\p{N}'’_-]*/gu)?.length ?? 0);
    const pieces = fc.constantFrom(
      'a',
      'é',
      '漢',
      'か',
      '한',
      ' ',
      '-',
      "'",
      '’',
      '_',
      '1',
      '𠀀',
      '𝒜',
      '\ud800',
      '😀',
      'ー',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => countWords(text) === byPatterns(text)),
      { numRuns: 500 },
    );
  });

  // Ten times the text takes ten times as long, and not a hundred; how long that is here is the bench's to tell.
  it.each([
    ['Chinese', '灯塔建于一八九二年', 730_000],
    ['one letter a word', 'x ', 9_500_000],
  ])('are counted in a time that grows with a text of twenty megabytes as it does: %s', (_, piece, times) => {
    const [tenth, whole] = [quickest(piece.repeat(times / 10)), quickest(piece.repeat(times))];
    expect(whole / tenth).toBeLessThan(40);
  });
});

/** Milliseconds of the quickest of three, so that other work beside it does not count. */
function quickest(text: string): number {
  const times = [0, 1, 2].map(() => {
    const begun = performance.now();
    countWords(text);
    return performance.now() - begun;
  });
  return Math.min(...times);
}

describe('pages and core', () => {
  it('count words by one rule, so that an answer is as long under it as it was beside its chip', () => {
    const counters = [...readSources(['renderer', 'core', 'cli', 'models', 'main']).values()].filter(({ text }) =>
      /function countWords|const countWords =/.test(text),
    );
    expect(counters.map(({ path }) => path)).toEqual([]);
  });
});
