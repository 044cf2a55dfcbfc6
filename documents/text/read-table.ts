import { basename, extname } from 'node:path';
import type { DocumentReader } from '../document-reader.ts';
import { type KindSection, numberedSections } from '../kinds/sections.ts';
import { GridSections } from '../kinds/sheet/grid-sections.ts';
import { decodedText, kindOfText, lineSections, sectionsFrom } from './read-text.ts';

const separators = [',', ';', '\t', '|'];
/** The first line by which a program tells Excel what separates cells. */
const separatorLine = /^sep=(.)\n/i;

/**
 * A table as text, its cells by row and column as a spreadsheet counts them, whatever separates them. A text that is no table
 * after all, or whose quotes do not close, is read line by line.
 */
export const readTable: DocumentReader = async function* (input, span) {
  const { text, notes } = await decodedText(input);
  const sections = await cellSections(text, basename(input.name, extname(input.name)));
  if (sections === null) {
    yield kindOfText('table');
    yield* notes;
    return yield* sectionsFrom(lineSections(text), span);
  }
  yield { type: 'kind', kind: 'table', unit: 'row', total: null, withoutText: { below: 1, code: 'file/empty' } };
  yield* notes;
  return yield* numberedSections(asStream(sections), span);
};

async function* asStream(sections: readonly KindSection[]): AsyncGenerator<KindSection> {
  yield* sections;
}

/** Null for a text without two columns. */
async function cellSections(text: string, name: string): Promise<readonly KindSection[] | null> {
  const { default: papa } = await import('papaparse');
  const grid = new GridSections(name);
  const sections: KindSection[] = [];
  let row = 0;
  let widest = 0;
  let isBroken = false;
  const told = separatorLine.exec(text);
  // The end of the last line is not another row.
  papa.parse<string[]>(text.slice(told?.[0].length ?? 0).replace(/\n+$/, ''), {
    ...(told?.[1] === undefined ? { delimitersToGuess: separators } : { delimiter: told[1] }),
    newline: '\n',
    step: ({ data, errors }) => {
      isBroken ||= errors.some(({ type }) => type === 'Quotes');
      row += 1;
      const cells = data.flatMap((cell, at) => (cell.trim() === '' ? [] : [{ column: at + 1, text: cell }]));
      widest = Math.max(widest, cells.at(-1)?.column ?? 0);
      if (cells.length > 0) grid.add(row, cells);
      for (const section of grid.take()) sections.push({ ...section, read: row });
    },
  });
  for (const section of grid.end()) sections.push({ ...section, read: row });
  return isBroken || widest < 2 ? null : sections;
}
