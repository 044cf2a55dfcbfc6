import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFile } from '../../core/files/read-file.ts';
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
