import { expect, it } from 'vitest';
import table from '../../desktop/applications/applications.json' with { type: 'json' };
import { productFolders, readSources } from './source-files.ts';

/** Names that are words of the code, too. */
const alsoWords = ['code', 'foot', 'navigator', 'slack', 'st', 'gtk', 'electron', 'beckon'];

it('name an application or a toolkit in the one table, and in no other file', () => {
  const rows = [...table.applications, ...table.toolkits];
  const names = new Set([...rows.flatMap((row) => row.names), ...table.own]);
  const found = [...readSources(productFolders).values()].flatMap(({ path, text }) =>
    [...withoutComments(text).matchAll(/(['"`])([\w. -]{2,30})\1/g)]
      .map(([, , literal = '']) => literal.toLowerCase())
      .filter((literal) => names.has(literal) && !alsoWords.includes(literal))
      .map((literal) => `${path}: ${literal}`),
  );
  // The folder in the profile that Electron keeps its own files in.
  expect(found).toEqual(['contract/profile-rules.ts: chromium', 'main/index.ts: chromium']);
});

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
}
