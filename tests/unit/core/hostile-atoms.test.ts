import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sayDoubt } from '../../../locales/say-atom.ts';
import { createTranslator, sayError } from '../../../locales/translator.ts';
import { hereBefore, hostileAtoms } from '../../corpus/hostile-atoms.ts';
import { codesOf, onlyReview, sharingProfile } from '../../support/shared-atoms.ts';

const table = hostileAtoms();
const parent = mkdtempSync(join(tmpdir(), 'beckon-hostile-'));
/** What a person waits before they close the window. Examples without a model have three seconds. */
const limitMs = 15_000;

/** Every file below a folder, with what is in it. */
function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && !path.endsWith('proofs.json'))
    .map((path) => `${path}: ${readFileSync(path, 'utf8').length}`);
}

describe('a file that was made to do harm', () => {
  let here: ReturnType<typeof sharingProfile>;
  let before: readonly string[];
  beforeAll(() => {
    here = sharingProfile(parent);
    writeFileSync(join(here.folder, 'plain.json'), JSON.stringify(hereBefore));
    here.atoms.refresh();
    before = filesIn(here.profile);
  });
  afterAll(() => rmSync(parent, { recursive: true, force: true }));

  it('is one of at least a hundred, of fifteen kinds', () => {
    expect(table.length).toBeGreaterThanOrEqual(100);
    expect(new Set(table.map(({ kind }) => kind)).size).toBe(15);
  });

  it('is compared with one that is accepted: what is refused is refused for what is said of it', async () => {
    expect(onlyReview(await here.sharing.read({ text: JSON.stringify(hereBefore) })).kind).toBe('same');
  });

  it.each(table.map((file) => [file.kind, file.name, file] as const))(
    'is refused or asked about, in words, in time, and writes nothing: %s, %s',
    async (_, __, { bytes, refused, doubts, widened, examples }) => {
      const path = join(parent, 'given.json');
      writeFileSync(path, bytes);
      const startedAt = performance.now();
      const read = await here.sharing.read([path]);
      expect(performance.now() - startedAt).toBeLessThan(limitMs);
      if (refused !== undefined) {
        expect(read.reviews).toEqual([]);
        expect(refused).toContain(codesOf(read)[0]);
        for (const language of ['en', 'zh-CN'] as const)
          for (const { error } of read.refused)
            expect(sayError(createTranslator(language), error)).not.toMatch(
              /\{\{|…$|[\u202a-\u202e\u2066-\u2069]|^atom\./,
            );
      } else {
        const review = onlyReview(read);
        const found = review.doubts.map(({ doubt }) => doubt);
        expect(found).toEqual(expect.arrayContaining([...(doubts ?? [])]));
        expect(review.widened).toEqual(widened ?? review.widened);
        if (widened !== undefined) expect(() => here.sharing.add(review.reviewId)).toThrow('may do more');
        const failed = review.proofs.flatMap((proof) => proof.examples.flatMap(({ error }) => error?.code ?? []));
        if (examples !== undefined && examples.length > 0) expect(examples).toContain(failed[0]);
        if (examples?.length === 0) expect(failed).toEqual([]);
        const say = (key: string, values = {}) => createTranslator('en').t(key, { ns: 'sharing', ...values });
        for (const doubt of review.doubts)
          expect(sayDoubt({ language: 'en', say, error: String }, doubt)).not.toMatch(
            /^doubt\.|[\u202a-\u202e\u2066-\u2069]/,
          );
      }
      expect(filesIn(here.profile)).toEqual(before);
    },
    60_000,
  );
});
