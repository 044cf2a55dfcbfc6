import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ViewerPlace } from '../../contract/passage.ts';
import { type ViewerRow, viewerTable } from './viewer-table.ts';

/** A program and its words, each given as it is. */
export interface ViewerCommand {
  readonly program: string;
  readonly args: readonly string[];
}

/**
 * How a viewer is started at a place, from the words of its entry in the menu; null where nobody knows how it is told one.
 * The path is a whole one, so that no viewer takes a file for an option.
 */
export function commandAtPlace(words: readonly string[], path: string, place: ViewerPlace): ViewerCommand | null {
  const told = rowOf(words)?.told[place.unit];
  const [program] = words;
  if (told === undefined || program === undefined || !path.startsWith('/')) return null;
  const url = pathToFileURL(path).href;
  const values: Readonly<Record<string, string>> = { file: path, url, ...valuesOf(place) };
  const filled = told.map((word) => word.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ''));
  const own = words.slice(1).filter((word) => !isMark(word));
  return { program, args: [...own, ...filled] };
}

function valuesOf(place: ViewerPlace): Readonly<Record<string, string>> {
  if (place.unit !== 'cell') return { place: String(place.number) };
  // A name in apostrophes may hold any sign; one of its own is written twice.
  const sheet = encodeURIComponent(`'${place.sheet.replaceAll("'", "''")}'`);
  return { sheet, cell: `${lettersOf(place.column)}${place.row}` };
}

/** A column as spreadsheets name it: A, Z, AA. */
function lettersOf(column: number): string {
  if (column < 1) return '';
  return lettersOf(Math.floor((column - 1) / 26)) + String.fromCharCode(65 + ((column - 1) % 26));
}

/** The row of a viewer: by its program, or by its name where it is started in a sandbox of its own. */
function rowOf(words: readonly string[]): ViewerRow | undefined {
  const program = basename(words.find((word) => word !== 'env' && !/^\w+=/.test(word)) ?? '');
  return viewerTable.find(
    ({ programs, sandboxed }) =>
      programs.includes(program) || (program === 'flatpak' && sandboxed !== undefined && words.includes(sandboxed)),
  );
}

/** Field codes, and what hands files into a sandbox: a path that is given by itself takes their place. */
function isMark(word: string): boolean {
  return /^%[a-zA-Z]$/.test(word) || word === '@@' || word === '@@u';
}
