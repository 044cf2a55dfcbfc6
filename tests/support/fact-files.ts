import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { locatorOf } from '../../contract/document.ts';
import type { Locator } from '../../contract/locator.ts';
import { checkout } from './beckon-app.ts';
import type { ReadParts } from './read-parts.ts';

/** Where a fact stands: a locator of which only what its kind tells is written down. */
export interface FactPlace {
  readonly unit: Locator['unit'];
  readonly first?: number;
  readonly path?: readonly string[];
  /** Null for a table without sheets. */
  readonly sheet?: string | null;
  readonly row?: number;
  readonly column?: number;
  readonly part?: string | null;
  readonly startMs?: number;
}

export interface Fact {
  readonly fact: string;
  readonly answer: string;
  readonly question: string;
  readonly place: FactPlace;
}

export interface FactFile {
  readonly file: string;
  readonly madeBy: string;
  readonly language: 'en' | 'zh';
  readonly facts: readonly Fact[];
}

export const factFolder = join(checkout, 'tests', 'corpus', 'facts');
export const factFiles: readonly FactFile[] = JSON.parse(readFileSync(join(factFolder, 'expected.json'), 'utf8'));

/** What is wrong with how a fact was read; null where its text stands at its place. */
export function wrongOf(
  { text, positions }: Pick<ReadParts, 'text' | 'positions'>,
  { fact, place }: Fact,
): string | null {
  const found = new RegExp([...fact].map(letterPattern).join(''), 'u').exec(text);
  const at = found?.index ?? -1;
  if (found === null) return `“${fact}” is nowhere`;
  const locator = locatorOf(positions, text, at, at + found[0].length);
  return locator !== null && isAt(locator, place) ? null : `“${fact}” is at ${JSON.stringify(locator)}`;
}

/** Programs set a gap, and PDFs a space, between Chinese and other letters. */
function letterPattern(letter: string): string {
  if (/\p{Script=Han}/u.test(letter)) return `${letter} ?`;
  return letter.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

export function isAt(locator: Locator, place: FactPlace): boolean {
  if (locator.unit !== place.unit) return false;
  switch (locator.unit) {
    case 'heading':
      return JSON.stringify(locator.path) === JSON.stringify(place.path);
    case 'cells':
      return (
        (place.sheet === null || locator.sheet === place.sheet) &&
        holds(locator.from.row, place.row, locator.to.row) &&
        holds(locator.from.column, place.column, locator.to.column)
      );
    case 'message':
      return locator.part === place.part;
    case 'time':
      // Cues are read a minute at a time at most.
      return holds(locator.startMs, place.startMs, locator.endMs) && locator.endMs - locator.startMs <= 60_000;
    default:
      return locator.first === place.first;
  }
}

function holds(first: number, at: number | undefined, last: number): boolean {
  return at !== undefined && first <= at && at <= last;
}
