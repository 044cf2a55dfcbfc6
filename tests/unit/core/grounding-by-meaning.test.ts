import { describe, expect, it } from 'vitest';
import { type Embed, nearestByMeaning } from '../../../core/grounding/by-meaning.ts';
import { calibrate, calibrationPairs } from '../../../core/grounding/calibration.ts';
import { GroundingIndex } from '../../../core/grounding/ground.ts';
import { SentenceMeanings } from '../../../core/grounding/sentence-meanings.ts';
import { VectorCache } from '../../../core/grounding/vector-cache.ts';
import type { EmbeddingModelFile } from '../../../models/engine/local-embeddings.ts';

const text =
  'The ferry line ends its night service on 3 November. Helena Brandt said that the crew will be offered work on day boats. ' +
  'The harbour is closed to visitors. Fares stay the same. Nobody protested against the plan.';
const index = () => GroundingIndex.of([{ text, positions: null }], 'en');

/**
 * A model for which sentences are alike when they are told to be: each group has a direction of its own, and what is in no
 * group one for itself.
 */
function modelOf(...alike: readonly (readonly string[])[]): Embed & { readonly asked: string[] } {
  const groups = [...alike, ...calibrationPairs.en];
  const own = new Map<string, number>();
  const asked: string[] = [];
  const embed = async (texts: readonly string[]) => {
    asked.push(...texts);
    return texts.map((one) => {
      const group = groups.findIndex((members) => members.includes(one));
      if (group < 0 && !own.has(one)) own.set(one, groups.length + own.size);
      const vector = new Float32Array(200);
      vector[group < 0 ? (own.get(one) ?? 0) : group] = 1;
      return vector;
    });
  };
  return Object.assign(embed, { asked });
}

describe('an answer whose nearest passages are chosen by meaning too', () => {
  it('shows what says the same without a word in common', async () => {
    const answer = 'Tickets will cost what they did.';
    expect((await (await index()).lookUp(answer))[0]?.nearest?.text).not.toBe('Fares stay the same.');
    const [sentence] =
      (await nearestByMeaning(await index(), answer, 'en', modelOf([answer, 'Fares stay the same.']))) ?? [];
    expect(sentence).toMatchObject({ nowhere: [], nearest: { text: 'Fares stay the same.' } });
  });

  it.each([
    ['a number', 'Tickets still cost 12 crowns.', '12'],
    ['a name', 'Tickets will cost what they did, Olsen told us.', 'Olsen'],
  ])('is not talked out of %s that stands nowhere by a model that finds all alike', async (_, answer, piece) => {
    const model = modelOf([answer, 'Fares stay the same.']);
    const [sentence] = (await nearestByMeaning(await index(), answer, 'en', model)) ?? [];
    expect(sentence?.nowhere.map(({ start, end }) => answer.slice(start, end))).toEqual([piece]);
    expect(sentence?.nearest?.text).toBe('Fares stay the same.');
  });

  it('keeps the passages that words are near to, and asks the model only about the rest', async () => {
    const model = modelOf();
    const answer = 'The night service of the ferry line ends on 3 November. The fleet is painted green.';
    const [first] = (await nearestByMeaning(await index(), answer, 'en', model)) ?? [];
    expect(first?.nearest?.text).toMatch(/^The ferry line ends/);
    expect(model.asked).toContain('The fleet is painted green.');
    expect(model.asked).not.toContain('The night service of the ferry line ends on 3 November.');
  });

  it('is left alone by a model that does not know the language', async () => {
    const same: Embed = async (texts) => texts.map((one) => Float32Array.from([1, one.length % 7, one.length % 3]));
    expect(await nearestByMeaning(await index(), 'Tickets will cost what they did.', 'en', same)).toBeNull();
    const pairs = calibrationPairs.en.flat();
    expect(calibrate(await modelOf()(pairs)).isFit).toBe(true);
    expect(calibrate(await same(pairs)).isFit).toBe(false);
  });

  it('reads of a long text only what is closest by words', async () => {
    const long = Array.from({ length: 3000 }, (_, at) => `Shop ${at} sold ${at % 7} pumps to clerk ${at % 31}.`).join(
      ' ',
    );
    const model = modelOf();
    await nearestByMeaning(
      await GroundingIndex.of([{ text: long, positions: null }], 'en'),
      'A pump broke.',
      'en',
      model,
    );
    expect(model.asked.length).toBeLessThan(60);
  });
});

describe('comparing by meaning', () => {
  const model: EmbeddingModelFile = { id: 'm', name: 'M', path: '/m', languages: ['en'], prefix: '' };
  const answer = 'Tickets will cost what they did.';

  function create(findModel: () => EmbeddingModelFile | null, embed: Embed) {
    const lines: string[] = [];
    const log = { write: (event: string) => void lines.push(event) };
    return {
      lines,
      meanings: new SentenceMeanings({ findModel, embeddings: { embed: (_, texts) => embed(texts) }, log }),
    };
  }

  it('changes nothing without a model for it', async () => {
    const { meanings } = create(() => null, modelOf());
    const byWords = await (await index()).lookUp(answer);
    expect(await meanings.ground(await index(), answer, 'en', true)).toEqual({
      status: 'looked-up',
      sentences: byWords,
      meaning: 'none',
    });
    const chinese = create(() => model, modelOf()).meanings;
    expect((await chinese.ground(await index(), answer, 'zh-CN', true)).meaning).toBe('none');
  });

  it('says that it can be done, then does it, and reads nothing twice', async () => {
    const embed = modelOf([answer, 'Fares stay the same.']);
    const { meanings } = create(() => model, embed);
    expect(await meanings.ground(await index(), answer, 'en', false)).toMatchObject({ meaning: 'pending' });
    expect(embed.asked).toEqual([]);
    const used = await meanings.ground(await index(), answer, 'en', true);
    expect(used).toMatchObject({ meaning: 'used', sentences: [{ nearest: { text: 'Fares stay the same.' } }] });
    const { length } = embed.asked;
    await meanings.ground(await index(), answer, 'en', true);
    expect(embed.asked).toHaveLength(length);
  });

  it('falls back to words, and says so, when the model fails', async () => {
    const { meanings, lines } = create(
      () => model,
      () => Promise.reject(new Error('the engine ended')),
    );
    const grounding = await meanings.ground(await index(), answer, 'en', true);
    expect(grounding).toEqual({
      status: 'looked-up',
      sentences: await (await index()).lookUp(answer),
      meaning: 'failed',
    });
    expect(lines).toEqual(['meaning-not-compared']);
  });
});

describe('vectors that are kept', () => {
  it('are of their model, and are bounded', async () => {
    const cache = new VectorCache();
    const asked: string[] = [];
    const embed: Embed = async (texts) => {
      asked.push(...texts);
      return texts.map(() => Float32Array.from([1]));
    };
    await cache.through('one', embed)(['a', 'b', 'a']);
    await cache.through('two', embed)(['a']);
    expect(asked).toEqual(['a', 'b', 'a']);
    const many = Array.from({ length: 9000 }, (_, at) => `text ${at}`);
    expect(await cache.through('one', embed)(many)).toHaveLength(9000);
    expect(cache.size).toBeLessThanOrEqual(4096);
  });
});
