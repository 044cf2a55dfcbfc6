import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { AtomFile } from '../../../contract/atom.ts';
import { codesOf, figures, onlyReview, pirate, profilesIn, textOf } from '../../support/shared-atoms.ts';

const parent = mkdtempSync(join(tmpdir(), 'beckon-kept-'));
afterAll(() => rmSync(parent, { recursive: true, force: true }));
const profileWith = profilesIn(parent);

describe('what an action may touch', () => {
  it('is narrowed by its own word, and never widened', async () => {
    const here = profileWith();
    const touches = async (permissions: AtomFile['permissions'], file: AtomFile = { ...pirate, output: 'replace' }) =>
      onlyReview(await here.sharing.read(textOf({ ...file, permissions }))).atom.touches;
    expect(await touches({ model: 'here' })).toMatchObject({ model: 'here', writes: 'selection' });
    expect(await touches({ write: 'nothing' })).toMatchObject({ model: 'any', writes: 'nothing' });
    expect(await touches({ model: 'any', write: 'selection' }, figures)).toMatchObject({
      model: 'none',
      writes: 'nothing',
    });
    expect(codesOf(await here.sharing.read(textOf({ ...pirate, permissions: { model: 'none' } })))).toEqual([
      'atom/claims-less',
    ]);
  });

  it('holds when it is used: its result is shown, and its questions stay here', () => {
    const narrow: AtomFile = { ...pirate, output: 'replace', permissions: { model: 'here', write: 'nothing' } };
    const { atoms } = profileWith(narrow);
    expect(atoms.use('pirate', 'en')).toMatchObject({ output: 'show', stays: 'here' });
    expect(atoms.state.value.atoms.find(({ id }) => id === 'pirate')?.output).toBe('show');
  });
});

describe('a file with a step of a later version', () => {
  const later = { ...figures, steps: [{ do: 'translate-speech', to: 'fr' }, { do: 'reverse' }] };

  it('is kept whole and named, and says which step it is when it is to run', async () => {
    const here = profileWith();
    const review = onlyReview(await here.sharing.read(textOf(later)));
    expect(review.doubts.map(({ doubt, values }) => [doubt, values['name']])).toContainEqual([
      'unknown-step',
      'translate-speech',
    ]);
    here.sharing.add(review.reviewId);
    expect(JSON.parse(readFileSync(join(here.folder, 'figures.json'), 'utf8'))).toEqual(later);
    expect(() => here.atoms.use('figures', 'en')).toThrow('translate-speech');
    expect(here.atoms.state.value.broken[0]).toMatchObject({ code: 'atom/unknown-step', values: { step: 1 } });
    // The version that this Beckon knows takes its place.
    here.sharing.add(onlyReview(await here.sharing.read(textOf(figures))).reviewId);
    expect(here.atoms.use('figures', 'en').steps).toHaveLength(3);
    expect(here.atoms.state.value.broken).toEqual([]);
  });

  it('does not run, not even its examples', async () => {
    const here = profileWith();
    const review = onlyReview(
      await here.sharing.read(textOf({ ...later, steps: [...later.steps, { do: 'reverse' }] })),
    );
    expect(review.proofs).toEqual([]);
    expect(() => here.sharing.reviewed(review.reviewId)).toThrow('translate-speech');
  });
});

describe('a text that is pasted', () => {
  it('is shown like a file, and named in what is wrong with it', async () => {
    const { sharing } = profileWith();
    await sharing.show(textOf(figures));
    expect(sharing.importing.value.reviews.map(({ atom }) => atom.id)).toEqual(['figures']);
    await sharing.show({ text: '{"atom":' });
    expect(sharing.importing.value).toMatchObject({
      reviews: [],
      refused: [{ fileName: 'pasted.json', error: { code: 'atom/not-json', values: { file: 'pasted.json' } } }],
    });
    sharing.leave(null);
    expect(sharing.importing.value).toEqual({ reviews: [], refused: [], cards: [] });
  });
});

describe('a folder of many files', () => {
  it('is read as far as it can be told at once, and the rest is said', async () => {
    const pack = mkdtempSync(join(parent, 'pack-'));
    const long = 'x'.repeat(8000);
    const prompt = { en: long, 'zh-CN': long };
    for (let at = 0; at < 150; at += 1) {
      const steps = Array.from({ length: 3 }, () => ({ do: 'prompt', prompt }));
      writeFileSync(join(pack, `${at}.json`), JSON.stringify({ ...figures, id: `n${at}`, steps }));
    }
    const read = await profileWith().sharing.read([pack]);
    expect(read.reviews.length).toBeGreaterThan(50);
    expect(JSON.stringify(read).length).toBeLessThan(16_000_000);
    expect(read.refused.map(({ error }) => [error.code, error.values?.['most']])).toEqual([
      ['atom/too-many', read.reviews.length],
    ]);
  });
});

describe('an action of one’s own that is removed', () => {
  it('is gone from the list and kept as a file; one that comes with Beckon stays', () => {
    const here = profileWith(figures);
    const { file } = here.sharing.remove('figures');
    expect(file).toMatch(/^removed\/figures\./);
    expect(JSON.parse(readFileSync(join(here.folder, file), 'utf8'))).toEqual(figures);
    expect(() => here.sharing.fileOf('figures')).toThrow('no action');
    expect(() => here.sharing.remove('summarise')).toThrow('built in');
  });
});
