import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { AtomFile } from '../../../contract/atom.ts';
import type { AtomProof } from '../../../contract/sharing.ts';
import { ProofBook } from '../../../core/proof/proof-book.ts';
import type { ProverPart, ProvingModel } from '../../../core/proof/prover.ts';
import { contentHash } from '../../../core/sharing/canonical.ts';
import { holds, sayFailures, sayProof } from '../../../locales/say-atom.ts';
import { createTranslator } from '../../../locales/translator.ts';
import { figures, onlyReview, pirate, sharingProfile, textOf } from '../../support/shared-atoms.ts';

/** A model that says this, one example after another. */
function modelThat(says: readonly string[]): ProvingModel {
  let at = -1;
  return {
    ...{ id: 'small', name: 'SmolLM2 135M', load: () => Promise.resolve() },
    make: () => {
      at += 1;
      return Promise.resolve({ text: says[at] ?? '', error: null });
    },
  };
}

const two: AtomFile = {
  ...pirate,
  examples: [
    { input: 'Hello there.', has: ['arr'] },
    { input: 'We sail at 8.', has: ['sail'], numbers: 'kept' },
  ],
};
const words = {
  language: 'en' as const,
  say: (key: string, values = {}) => createTranslator('en').t(key, { ns: 'sharing', ...values }),
  error: ({ code }: { readonly code: string }) => code,
};

describe('the examples of an action', () => {
  let made: ReturnType<typeof sharingProfile>;
  afterEach(() => rmSync(join(made.profile, '..'), { recursive: true, force: true }));

  async function run(file: AtomFile, here: AtomFile | null = null, signal = new AbortController().signal) {
    const parts: ProverPart[] = [];
    let proof: AtomProof | null = null;
    for await (const part of made.prover.run(file, here, null, signal, (one) => (proof = one))) parts.push(part);
    return { parts, proof: proof as AtomProof | null };
  }

  it('run on a model one by one: how many hold, which does not and why is told and kept', async () => {
    made = sharingProfile(undefined, modelThat(['Arr, hello!', 'We go.']));
    const { parts, proof } = await run(two);
    expect(parts[0]).toEqual({ type: 'model', name: 'SmolLM2 135M', total: 2 });
    expect(proof?.examples.map(holds)).toEqual([true, false]);
    if (proof === null) throw new Error('nothing was proved');
    expect(sayProof(words, proof)).toMatch(/^1 of 2 on SmolLM2 135M, \d+ ms each$/);
    expect(sayFailures(words, proof)).toEqual(['Example 2: “sail” is missing; “8” is missing']);
    const kept = new ProofBook(join(made.profile, 'proofs.json')).of(contentHash(two));
    expect(kept).toEqual([proof]);
    // Another file, however alike, was not proved by that.
    expect(made.book.of(contentHash({ ...two, hint: { en: 'x', 'zh-CN': 'x' } }))).toEqual([]);
  });

  it('tell which of the version that is here a new one breaks', async () => {
    made = sharingProfile(undefined, modelThat(['Arr, hello!', 'Ahoy.']));
    const next: AtomFile = { ...pirate, examples: [two.examples?.[0] ?? { input: 'x' }] };
    const { proof } = await run(next, two);
    expect(proof?.examples.map(({ of, example }) => [of, example])).toEqual([
      ['new', 0],
      ['here', 1],
    ]);
    if (proof === null) throw new Error('nothing was proved');
    expect(sayProof(words, proof)).toMatch(/^1 of 1 on/);
    expect(sayFailures(words, proof)).toEqual([
      'Breaks an example of the version here: “sail” is missing; “8” is missing',
    ]);
  });

  it('begin once the model is loaded, whose time is not theirs; nothing is run where that is stopped', async () => {
    const [loads, did]: [(() => void)[], string[]] = [[], []];
    const model: ProvingModel = {
      ...modelThat([]),
      load: () => new Promise((resolve) => loads.push(resolve)),
      make: async () => {
        did.push('made');
        return { text: 'Arr, we sail at 8', error: null };
      },
    };
    made = sharingProfile(undefined, model);
    const going = run(two);
    while (loads.length === 0) await setImmediate();
    for (let turns = 0; turns < 20; turns += 1) await setImmediate();
    expect(did).toEqual([]);
    loads[0]?.();
    expect((await going).proof?.examples).toHaveLength(2);
    expect([did.length, loads.length]).toEqual([2, 1]);
    const stop = new AbortController();
    const stopped = run(two, null, stop.signal);
    while (loads.length === 1) await setImmediate();
    stop.abort();
    expect([(await stopped).proof, did.length]).toEqual([null, 2]);
  });

  it('of a model that cannot be loaded say why, as its answer does', async () => {
    const error = { code: 'model/load-failed', message: 'no room' } as const;
    const model: ProvingModel = {
      ...modelThat([]),
      load: () => Promise.reject(new Error('no room')),
      make: async () => ({ text: '', error }),
    };
    made = sharingProfile(undefined, model);
    expect((await run(two)).proof?.examples.map((one) => one.error)).toEqual([error, error]);
  });

  it('are kept by nothing where they are stopped', async () => {
    const stop = new AbortController();
    const model: ProvingModel = {
      ...modelThat([]),
      make: () => {
        stop.abort();
        return Promise.resolve({ text: 'Arr', error: null });
      },
    };
    made = sharingProfile(undefined, model);
    const { proof } = await run(two, null, stop.signal);
    expect([proof, made.book.of(contentHash(two))]).toEqual([null, []]);
  });

  it('are run at once where no model is needed, and said to be broken by an update there, too', async () => {
    made = sharingProfile();
    writeFileSync(join(made.folder, 'figures.json'), JSON.stringify(figures));
    const { examples: _, ...rest } = figures;
    const update = {
      ...rest,
      steps: [
        { do: 'extract', what: 'numbers' },
        { do: 'join', with: ' ' },
      ],
    };
    const review = onlyReview(await made.sharing.read(textOf(update)));
    expect(review.proofs[0]?.examples.map(({ of, wrong }) => [of, wrong])).toEqual([['here', [{ check: 'is' }]]]);
  });

  it('are what they were when the file of results was damaged: nothing', () => {
    made = sharingProfile();
    const path = join(made.profile, 'proofs.json');
    for (const text of ['', '{', '{"version":1,"proofs":[{"hash":"x"}]}', JSON.stringify({ version: 2, proofs: [] })]) {
      writeFileSync(path, text);
      expect(new ProofBook(path).of(contentHash(two))).toEqual([]);
    }
  });
});
