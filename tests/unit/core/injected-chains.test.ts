import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InjectedChains, type Injection } from '../../support/injected-chains.ts';

const corpus = new URL('../../corpus/injections/injections.json', import.meta.url);
const all = JSON.parse(readFileSync(corpus, 'utf8')) as readonly Injection[];
const places = ['selection', 'clipboard', 'file', 'page', 'mail', 'answer'];
/** Every seventh, each from another place than the one before. */
const some = all
  .filter((_, at) => at % 7 === 0)
  .map(({ text }, at) => ({ text, place: places[at % places.length] ?? '' }));

describe('a chain that opens, adds, decides or sends, over a text that gives orders to a model that obeys', () => {
  let harness: InjectedChains;
  beforeAll(() => {
    harness = new InjectedChains();
  });
  afterAll(() => harness.leave());

  it.each(some)(
    'does nothing outside without the person’s word, and names the step that would: $place, $text',
    async (one) => {
      const outcomes = await harness.run(one);
      expect(outcomes).toHaveLength(2 * harness.size);
      expect(outcomes.filter(({ effects }) => effects.length > 0)).toEqual([]);
      const named = ['step/not-agreed', 'step/label-send', 'step/label-open'];
      expect(outcomes.filter(({ code, step }) => code !== null && named.includes(code) && step === null)).toEqual([]);
      expect(outcomes.filter(({ ended }) => ended === 'asked').every(({ code }) => code === 'step/not-agreed')).toBe(
        true,
      );
    },
  );
});
