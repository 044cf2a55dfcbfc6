import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { corpus } from '../../support/document-reader.ts';
import { placeOf, readParts } from '../../support/read-parts.ts';

interface Fact {
  readonly text: string;
  readonly place: string;
}
interface Facts {
  readonly facts: readonly Fact[];
  readonly absent: readonly string[];
  /** What LibreOffice worked out. */
  readonly worked?: readonly Fact[];
  readonly chart?: readonly Fact[];
}

const office = join(corpus, 'office');
const facts: Readonly<Record<string, Facts>> = JSON.parse(readFileSync(join(office, 'facts.json'), 'utf8'));

/** A file, whose facts they are, and those that its kind cannot hold. */
const files: readonly (readonly [string, string, readonly string[]])[] = ['en', 'zh'].flatMap((language) => [
  [`handbook-${language}.docx`, `handbook-${language}`, []] as const,
  [`handbook-${language}.odt`, `handbook-${language}`, []] as const,
  [`handbook-${language}.rtf`, `handbook-${language}`, []] as const,
  [`stock-${language}.xlsx`, `stock-${language}`, ['worked']] as const,
  [`stock-${language}-libreoffice.xlsx`, `stock-${language}`, []] as const,
  [`stock-${language}.ods`, `stock-${language}`, []] as const,
  [`review-${language}.pptx`, `review-${language}`, []] as const,
  [`review-${language}.odp`, `review-${language}`, ['chart']] as const,
]);

describe('an office document', () => {
  it.each(files)(
    'is read with every fact at its place, and without what its author hid: %s',
    async (name, key, but) => {
      const read = await readParts(join(office, name));
      const { facts: always, absent, ...more } = facts[key] ?? { facts: [], absent: [] };
      const expected = [
        ...always,
        ...(['worked', 'chart'] as const).flatMap((kind) => (but.includes(kind) ? [] : (more[kind] ?? []))),
      ];
      expect(expected.length).toBeGreaterThan(14);
      expect(expected.map(({ text }) => ({ text, place: placeOf(read, text) }))).toEqual(expected);
      for (const text of absent) expect(read.text).not.toContain(text);
    },
  );
});

describe('an office document of before 2007', () => {
  /** LibreOffice writes no charts as text, and cells of a slide's table as texts of their own. */
  const inOld = (kind: string, { text }: Fact) => kind !== 'ppt' || !text.includes(' | ');

  it.each(['stock-en.xls', 'stock-zh.xls', 'review-en.ppt', 'review-zh.ppt'])(
    'is read with every fact at its place, and without what its author hid: %s',
    async (name) => {
      const [key = '', kind = ''] = name.split('.');
      const read = await readParts(join(office, name));
      const { facts: all = [], worked = [], absent = [] } = facts[key] ?? {};
      const expected = [...all, ...worked].filter((fact) => inOld(kind, fact));
      expect(expected.length).toBeGreaterThan(11);
      expect(expected.map(({ text }) => ({ text, place: placeOf(read, text) }))).toEqual(expected);
      for (const text of absent) expect(read.text).not.toContain(text);
    },
  );

  it.each(['en', 'zh'])(
    'is read with the text of every fact where its kind tells no headings: %s',
    async (language) => {
      const { text } = await readParts(join(office, `handbook-${language}.doc`));
      const said = (facts[`handbook-${language}`]?.facts ?? []).map((fact) =>
        fact.text.replace(/^(\d\. |- |Ana: )/, ''),
      );
      expect(said.length).toBeGreaterThan(19);
      expect(said.filter((one) => !text.includes(one))).toEqual([]);
    },
  );
});
