import { describe, expect, it } from 'vitest';
import { GroundingIndex } from '../../../core/grounding/ground.ts';
import { chinese, english } from '../../corpus/grounding/neighbours.ts';

async function named(text: string, answer: string, language: 'en' | 'zh-CN'): Promise<readonly string[]> {
  const index = await GroundingIndex.of([{ text, positions: null }], language);
  const marks = (await index.lookUp(answer)).flatMap(({ nowhere }) => nowhere);
  return marks.map(({ start, end }) => answer.slice(start, end));
}

/** An honest answer was marked as having figures and names that stand in its text in another form. */
describe('an answer names as standing nowhere just that, and not what its text says in another form', () => {
  it.each(english)('in English, of “%s”: “%s”', async (text, answer, ...pieces) => {
    expect(await named(text, answer, 'en')).toEqual(pieces);
  });

  it.each([
    ['The report was signed by Søren Ødegård of Łódź.', 'It was signed by Soren Odegard in Lodz.'],
    ['The report was signed by Anna Weiß.', 'It was signed by Anna Weiss.'],
    ['Notes of ＭＡＲＴＡ Berg.', 'These are notes of Marta Berg.'],
    ['Signed by Zoë O’Brien.', "It was signed by Zoe O'Brien."],
  ])('in letters that are written in another way, of “%s”: “%s”', async (text, answer) => {
    expect(await named(text, answer, 'en')).toEqual([]);
  });

  it.each([
    [
      'Quicksort halves the list and sorts both parts.',
      String.raw`The cost of it is $T(n) = T(n/2) + \Theta(n)$, and \(\Omega(n)\) at least.`,
    ],
    ['The reach is the sum of all parts.', String.raw`The reach is \[\Sigma\, a_i\], and no \Delta stands in it.`],
  ])('and no sign of a formula for a name, of “%s”: “%s”', async (text, answer) => {
    expect(await named(text, answer, 'en')).not.toContainEqual(expect.stringMatching(/Theta|Omega|Sigma|Delta/));
  });

  it.each(chinese)('in Chinese, of “%s”: “%s”', async (text, answer, ...pieces) => {
    expect(await named(text, answer, 'zh-CN')).toEqual(pieces);
  });
});
