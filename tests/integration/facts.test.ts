import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFile } from '../../core/files/read-file.ts';
import { askedFacts, rankOf } from '../support/asked-facts.ts';
import { reader } from '../support/document-reader.ts';
import { factFiles, factFolder, wrongOf } from '../support/fact-files.ts';

describe('twenty facts of a PDF that another program made', () => {
  it.each(factFiles.filter(({ file }) => file.endsWith('.pdf')))(
    'stand in its text, on their pages: $file, by $madeBy',
    async ({ file, facts }) => {
      const read = await readFile(join(factFolder, file), reader, new AbortController().signal, () => {});
      expect(facts).toHaveLength(20);
      expect(facts.map((fact) => wrongOf(read, fact)).filter((wrong) => wrong !== null)).toEqual([]);
    },
    60_000,
  );
});

describe('a question about one fact of a document', () => {
  it('has the passage that holds it among the first three, in nine of ten, and told at its place', async () => {
    const asked = askedFacts();
    expect(asked).toHaveLength(120);
    const ranks = await Promise.all(asked.map(rankOf));
    const found = ranks.filter((rank) => rank !== null);
    expect(found.filter(({ rank }) => rank <= 3).length).toBeGreaterThanOrEqual(108);
    expect(found.filter(({ atPlace }) => !atPlace)).toEqual([]);
  }, 120_000);
});
