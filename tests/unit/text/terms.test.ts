import { describe, expect, it } from 'vitest';
import { numeralValue } from '../../../text/numerals.ts';
import { Ranking } from '../../../text/ranking.ts';
import { emptyWords, tellingTermsOf, termsOf } from '../../../text/terms.ts';

describe('the terms of a text', () => {
  it.each([
    ['The ferry', 'Ferries left'],
    ['a visit', 'VISITED twice'],
    ['the keeper', 'the keeper’s notes'],
    ['Ｂｅｃｋｏｎ', 'beckon'],
    ['puffin', 'puffins'],
  ])('of a question meet those of a text in another form: %j, %j', (question, text) => {
    const there = new Set(termsOf(text));
    expect(termsOf(question, emptyWords).some((term) => there.has(term))).toBe(true);
  });

  it('are pairs of Chinese, Japanese and Korean signs, and of other scripts words, with numbers apart', () => {
    expect(termsOf('北塔有41只海鹦, か')).toEqual(['北塔', '塔有', '41', '只海', '海鹦', 'か']);
    expect(termsOf('well-known 한국어')).toEqual(['wel', 'known', '한국', '국어']);
    expect(termsOf('')).toEqual([]);
  });

  it('that a sentence is compared by leave out what says little, and numbers', () => {
    expect([...tellingTermsOf('The keeper counted 388 birds, and the birds flew.')]).toEqual([
      'keeper',
      'count',
      'bird',
      'flew',
    ]);
    expect([...tellingTermsOf('看守人的灯塔')]).toEqual(['看守', '守人', '灯塔']);
  });
});

describe('a ranking', () => {
  it('puts a rare term over a common one, and a short text over a long one that has it as often', () => {
    const ranking = new Ranking(['puffin', 'tower']);
    ranking.add(['tower', 'log']);
    ranking.add(['tower', 'puffin']);
    ranking.add(['tower', 'puffin', ...Array.from({ length: 50 }, () => 'wave')]);
    ranking.add(['wave']);
    const [common = 0, rare = 0, long = 0, none] = ranking.scores();
    expect(rare).toBeGreaterThan(long);
    expect(long).toBeGreaterThan(0);
    expect(rare).toBeGreaterThan(common);
    expect(none).toBe(0);
    expect(new Ranking(['a']).scores()).toEqual([]);
  });
});

describe('a numeral alone', () => {
  it.each([
    ['17', 17],
    ['十七', 17],
    ['二十', 20],
    ['两百零三', 203],
    ['一百二', 120],
    ['一', 1],
    ['十', 10],
    ['一二', Number.NaN],
    ['十分', Number.NaN],
    ['', Number.NaN],
    ['1.5', Number.NaN],
  ])('has one value, or none: %j', (text, value) => {
    expect(numeralValue(text)).toBe(value);
  });
});
