import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countWords } from '../../../core/words.ts';

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

  it.each([
    ['Chinese', '灯塔建于一八九二年'.repeat(730_000)],
    ['one letter a word', 'x '.repeat(9_500_000)],
  ])('of twenty megabytes are counted before anybody waits: %s', (_, text) => {
    const begun = performance.now();
    countWords(text);
    expect(performance.now() - begun).toBeLessThan(400);
  });
});
