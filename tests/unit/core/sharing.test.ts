import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { AtomFile } from '../../../contract/atom.ts';
import { canonicalJson, contentHash } from '../../../core/sharing/canonical.ts';
import { codesOf, figures, onlyReview, pirate, profilesIn, textOf } from '../../support/shared-atoms.ts';

const parent = mkdtempSync(join(tmpdir(), 'beckon-sharing-'));
afterAll(() => rmSync(parent, { recursive: true, force: true }));
const profileWith = profilesIn(parent);

/** A file as somebody gives it away. */
function givenBy(name: string, file: AtomFile) {
  const author = profileWith(file);
  return { author, text: author.sharing.export(file.id, name).text };
}

describe('the canonical form', () => {
  it('is the same however a file is laid out, and another for whatever it says otherwise', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const turned = JSON.parse(JSON.stringify(value), (_, inner) =>
          inner !== null && typeof inner === 'object' && !Array.isArray(inner)
            ? Object.fromEntries(Object.entries(inner).reverse())
            : inner,
        );
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
        // A key may be `asymmetricMatch`, or whatever else an expectation has a meaning for.
        expect(isDeepStrictEqual(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)))).toBe(true);
      }),
    );
    expect(canonicalJson({ b: [1, 'é'], a: { d: null, c: -0 } })).toBe('{"a":{"c":0,"d":null},"b":[1,"é"]}');
  });
});

describe('an action that is given away', () => {
  it('is signed by a key that is made then, kept for its owner alone, and is never in the file', () => {
    const { author, text } = givenBy('林薇', figures);
    const path = join(author.profile, 'author.json');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const { privateKey } = JSON.parse(readFileSync(path, 'utf8'));
    expect(privateKey).toContain('PRIVATE KEY');
    expect(text).not.toContain('PRIVATE');
    const { shared, ...does } = JSON.parse(text);
    expect(does).toEqual(figures);
    expect(shared).toMatchObject({ by: { name: '林薇' }, hash: contentHash(figures) });
    // The key stays with another name, and asks for none again.
    const again = JSON.parse(author.sharing.export('figures', null).text).shared;
    const renamed = JSON.parse(author.sharing.export('figures', 'Lin Wei').text).shared;
    expect([again.by, renamed.by.key]).toEqual([shared.by, shared.by.key]);
    expect(author.sharing.author?.name).toBe('Lin Wei');
  });

  it('asks for a name first, and takes none that is not seen or of two lines', () => {
    const author = profileWith(figures);
    expect(() => author.sharing.export('figures', null)).toThrow('no name was chosen');
    for (const name of ['', '  ', 'Lin\u202eWei', 'a'.repeat(61), '\u200b'])
      expect(() => author.sharing.export('figures', name), name).toThrow('not a name');
    expect(readdirSync(author.profile)).toEqual(['atoms']);
  });

  it('is told in another profile, added there as it was signed, and known again', async () => {
    const { text } = givenBy('Lin', figures);
    const here = profileWith();
    const review = onlyReview(await here.sharing.read({ text }));
    expect(review).toMatchObject({
      kind: 'new',
      seal: { state: 'signed', standing: 'first', by: { name: 'Lin' } },
      atom: { touches: { reads: 'selection', model: 'none', writes: 'nothing' } },
      doubts: [],
      proofs: [{ model: null, examples: [{ of: 'new', wrong: [], error: null }] }],
    });
    expect(review.seal).toMatchObject({
      by: { fingerprint: expect.stringMatching(/^(?:[0-9a-f]{4} ){7}[0-9a-f]{4}$/) },
    });
    expect(readdirSync(here.folder)).toEqual([]);
    expect(here.sharing.add(review.reviewId)).toEqual({ file: 'figures.json' });
    expect(JSON.parse(readFileSync(join(here.folder, 'figures.json'), 'utf8'))).toEqual(JSON.parse(text));
    expect(onlyReview(await here.sharing.read({ text })).kind).toBe('same');
    expect(here.sharing.list().find(({ atom }) => atom.id === 'figures')?.seal.state).toBe('signed');
  });

  it('is not added unseen where a key waits for its id: whatever takes the id would be run by it', async () => {
    const here = profileWith();
    here.bound.add('figures');
    const text = JSON.stringify({ ...figures, output: 'replace' });
    const review = onlyReview(await here.sharing.read({ text }));
    expect(() => here.sharing.add(review.reviewId)).toThrow('may do more');
    expect(here.sharing.add(review.reviewId, figures.name.en)).toEqual({ file: 'figures.json' });
    const less = onlyReview(await here.sharing.read({ text: JSON.stringify({ ...figures, output: 'show' }) }));
    expect(here.sharing.add(less.reviewId)).toEqual({ file: 'figures.json' });
  });

  it('names whom it was made from when somebody changes it and gives it on', async () => {
    const { text } = givenBy('Lin', figures);
    const fork = profileWith({ ...(JSON.parse(text) as AtomFile), output: 'replace' });
    expect(fork.sharing.list().find(({ atom }) => atom.id === 'figures')?.seal).toMatchObject({ state: 'changed' });
    const forked = fork.sharing.export('figures', 'Omar').text;
    const review = onlyReview(await profileWith().sharing.read({ text: forked }));
    expect(review.seal).toMatchObject({ state: 'signed', by: { name: 'Omar' } });
    expect(review.from.map(({ name }) => name)).toEqual(['Lin']);
    const third = profileWith(JSON.parse(forked) as AtomFile).sharing.export('figures', 'Li').text;
    expect(onlyReview(await profileWith().sharing.read({ text: third })).from.map(({ name }) => name)).toEqual([
      'Omar',
      'Lin',
    ]);
  });
});

describe('a file that is not what its author signed', () => {
  const { text } = givenBy('Lin', figures);
  const signed = JSON.parse(text);
  const other = JSON.parse(givenBy('Eve', figures).text);

  it.each<[string, object, string]>([
    ['a step is another', { ...signed, steps: [...signed.steps, { do: 'case', to: 'upper' }] }, 'atom/changed'],
    ['the name is another', { ...signed, name: { ...signed.name, en: 'Safe figures' } }, 'atom/changed'],
    ['the hash was made to fit', forged({ name: { en: 'Other', 'zh-CN': '别的' } }), 'atom/forged'],
    [
      'the author’s name is another',
      { ...signed, shared: { ...signed.shared, by: { ...signed.shared.by, name: 'Eve' } } },
      'atom/forged',
    ],
    ['the key is another’s', { ...signed, shared: { ...signed.shared, by: other.shared.by } }, 'atom/forged'],
    [
      'the signature is another’s',
      { ...signed, shared: { ...signed.shared, signature: other.shared.signature } },
      'atom/forged',
    ],
    [
      'it says that it was made from another',
      { ...signed, shared: { ...signed.shared, from: [{ ...other.shared.by, hash: other.shared.hash }] } },
      'atom/forged',
    ],
    [
      'the signature is spelt otherwise',
      { ...signed, shared: { ...signed.shared, signature: respelt(signed.shared.signature) } },
      'atom/forged',
    ],
  ])('is refused: %s', async (_, file, code) => {
    expect(codesOf(await profileWith().sharing.read(textOf(file)))).toEqual([code]);
  });

  function forged(change: object) {
    const file = { ...signed, ...change };
    return { ...file, shared: { ...signed.shared, hash: contentHash(file) } };
  }

  /** The last sign of base64url has bits that nothing reads. */
  function respelt(signature: string): string {
    const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = signs.indexOf(signature.at(-1) ?? '');
    return signature.slice(0, -1) + signs[last + 1 - 2 * (last % 2)];
  }
});

describe('another version of an action that is here', () => {
  it('tells its changes step by step, and may be added where it widens nothing', async () => {
    const author = profileWith(figures);
    const here = profileWith();
    const first = onlyReview(await here.sharing.read({ text: author.sharing.export('figures', 'Lin').text }));
    here.sharing.add(first.reviewId);
    const next = {
      ...figures,
      steps: [figures.atom === 2 ? figures.steps[0] : {}, { do: 'unique' }, { do: 'join', with: '; ' }],
    };
    writeFileSync(join(author.folder, 'figures.json'), JSON.stringify(next));
    const review = onlyReview(await here.sharing.read({ text: author.sharing.export('figures', null).text }));
    expect(review).toMatchObject({
      kind: 'update',
      seal: { state: 'signed', standing: 'first' },
      doubts: [],
      widened: [],
    });
    expect(review.changes.map(({ change, step }) => [change, step.do])).toEqual([
      ['same', 'extract'],
      ['changed', 'unique'],
      ['changed', 'join'],
    ]);
    // What the version here promises is tried, too.
    expect(review.proofs[0]?.examples.map(({ of, wrong }) => [of, wrong.length])).toEqual([['new', 1]]);
    here.sharing.add(review.reviewId);
    expect(readdirSync(here.folder).sort()).toEqual(['figures.json', 'removed']);
    expect(readdirSync(join(here.folder, 'removed'))).toHaveLength(1);
  });

  it('asks first where it may do more, and names what is new', async () => {
    const here = profileWith(figures, pirate);
    const wider: AtomFile = { ...figures, output: 'replace' };
    const asking: AtomFile = {
      ...wider,
      atom: 2,
      steps: [{ do: 'prompt', prompt: { en: 'Say it.', 'zh-CN': '说。' } }],
    };
    for (const [file, widened] of [
      [wider, ['write']],
      [asking, ['model', 'server', 'write']],
      [{ ...pirate, output: 'replace' }, ['write']],
    ] as const) {
      const review = onlyReview(await here.sharing.read(textOf(file)));
      expect(review.widened).toEqual(widened);
      expect(() => here.sharing.add(review.reviewId)).toThrow('may do more');
      // What a page says the person was asked about has to be what it is called.
      expect(() => here.sharing.add(review.reviewId, 'Something harmless')).toThrow('may do more');
    }
    const review = onlyReview(await here.sharing.read(textOf(asking)));
    here.sharing.add(review.reviewId, 'Figures by size');
    expect(here.sharing.fileOf('figures')).toMatchObject({ output: 'replace' });
  });

  it('asks first where another key or none signed it, or Beckon’s own is to go', async () => {
    const here = profileWith(JSON.parse(givenBy('Lin', figures).text) as AtomFile);
    const byEve = onlyReview(await here.sharing.read({ text: givenBy('Lin', figures).text }));
    expect(byEve.doubts.map(({ doubt }) => doubt)).toContain('other-key');
    const unsigned = onlyReview(await here.sharing.read(textOf({ ...figures, hint: { en: 'x', 'zh-CN': 'x' } })));
    expect(unsigned.doubts.map(({ doubt }) => doubt)).toEqual(['no-longer-signed']);
    const instead = onlyReview(await here.sharing.read(textOf({ ...pirate, id: 'summarise' })));
    expect(instead.doubts.map(({ doubt }) => doubt)).toContain('replaces-built-in');
    for (const { reviewId } of [byEve, unsigned, instead])
      expect(() => here.sharing.add(reviewId)).toThrow('may do more');
  });

  it('asks first where what is here changed since the file was told', async () => {
    const here = profileWith();
    const review = onlyReview(await here.sharing.read(textOf(figures)));
    writeFileSync(
      join(here.folder, 'figures.json'),
      JSON.stringify({ ...figures, hint: { en: 'mine', 'zh-CN': '我的' } }),
    );
    expect(() => here.sharing.add(review.reviewId)).toThrow('may do more');
  });
});
