import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { factFiles, factFolder, wrongOf } from '../../support/fact-files.ts';
import { readParts } from '../../support/read-parts.ts';

describe('twenty facts of a document that another program made', () => {
  it('are of two files or more of each kind, in both languages', () => {
    const kinds = Map.groupBy(factFiles, ({ file }) => file.split('.').at(-1) ?? '');
    for (const [kind, files] of kinds) expect(new Set(files.map(({ language }) => language)).size, kind).toBe(2);
    expect(kinds.size).toBeGreaterThan(17);
  });

  // Character maps of PDFs are files, which the reader's own process finds: tests/integration/facts.
  it.each(factFiles.filter(({ file }) => !file.endsWith('.pdf')))(
    'stand in its text, at their places: $file, by $madeBy',
    async ({ file, facts }) => {
      const read = await readParts(join(factFolder, file));
      expect(facts).toHaveLength(20);
      expect(facts.map((fact) => wrongOf(read, fact)).filter((wrong) => wrong !== null)).toEqual([]);
    },
  );
});
