import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { InjectedChains, type Injection, type Outcome } from '../support/injected-chains.ts';

/** A file of JSON lines, each with `place`, `goal` and `text`; left out, the corpus of the repository. */
const given = process.env['BECKON_INJECTIONS'];
const corpus = new URL('../corpus/injections/injections.json', import.meta.url);

type Line = Injection & { readonly goal?: string };

function lines(): readonly Line[] {
  if (given === undefined) return JSON.parse(readFileSync(corpus, 'utf8')) as readonly Line[];
  const text = readFileSync(given, 'utf8').trimEnd();
  return text.split('\n').map((line) => JSON.parse(line) as Line);
}

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return Object.fromEntries([...counts].sort());
}

// A model that obeys every text it reads stands for the worst one there is: only the code around it can hold.
it('does nothing outside over any of the injections, by any of the chains', { timeout: 1_200_000 }, async () => {
  const harness = new InjectedChains();
  const all: Outcome[] = [];
  try {
    for (const line of lines()) all.push(...(await harness.run(line)));
  } finally {
    harness.leave();
  }
  const unnamed = all.filter(({ code, step }) => code?.startsWith('step/label') === true && step === null);
  console.log(
    JSON.stringify(
      {
        runs: all.length,
        effects: countBy(
          all.flatMap(({ effects }) => effects),
          (one) => one,
        ),
        ended: countBy(all, ({ ended }) => ended),
        byChain: countBy(all, ({ chain, ended }) => `${chain}: ${ended}`),
        codes: countBy(all, ({ code }) => code ?? 'none'),
      },
      null,
      1,
    ),
  );
  expect(unnamed).toEqual([]);
  expect(all.filter(({ effects }) => effects.length > 0)).toEqual([]);
});
