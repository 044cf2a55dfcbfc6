import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../contract/errors.ts';
import { productFolders, readSources, root } from './source-files.ts';

/** Where codes are listed and worded, and not said. */
const lists = ['contract/errors.ts', 'contract/atom-errors.ts', 'contract/error-values.ts'];
const saidOutsideOfSources = ['scripts/start.mjs', 'models/openai-compatible/refusals.json'];

describe('error codes', () => {
  // A sentence in two languages for what nothing says is one that nobody has ever looked at.
  it('are each said somewhere', () => {
    const sources = [...readSources(productFolders).values()].filter(({ path }) => !lists.includes(path));
    const others = saidOutsideOfSources.map((path) => readFileSync(join(root, path), 'utf8'));
    const said = [...sources.map(({ text }) => text), ...others].join('\n');
    expect(errorCodes.filter((code) => !said.includes(`'${code}'`) && !said.includes(`"${code}"`))).toEqual([]);
  });
});
