import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../tests/support/beckon-app.ts';
import { numbersIn } from '../text/numerals.ts';
import type { Goal } from './goals.ts';

export interface CorpusText {
  readonly id: string;
  readonly language: 'en' | 'zh-CN';
  readonly held: boolean;
  readonly text: string;
  readonly true: readonly {
    readonly text: string;
    readonly number?: readonly [string, string];
    readonly name?: readonly [string, string];
    readonly denied?: string;
  }[];
  readonly invented: readonly string[];
}

/** Ways to say what a text says, and what it does not say, that share few words with it. */
export interface CorpusParaphrases {
  readonly id: string;
  readonly true: readonly string[];
  readonly false: readonly string[];
}

export function readCorpus<Entry>(name: 'texts' | 'paraphrases'): readonly Entry[] {
  return JSON.parse(readFileSync(join(checkout, 'tests', 'corpus', 'grounding', `${name}.json`), 'utf8'));
}

export type Kind = 'true' | 'number' | 'name' | 'denial' | 'invention';

export interface Case {
  readonly source: CorpusText;
  readonly kind: Kind;
  readonly text: string;
  /** What was put in that stands nowhere in the text. */
  readonly planted: string | null;
  /** Where it stands, when it may stand more than once. */
  readonly at?: number;
}

export const goal = (
  key: string,
  figure: string,
  sense: Goal['sense'],
  value: number,
  unit: Goal['unit'] = '%',
): Goal => ({
  id: key,
  key,
  figure,
  unit,
  bounds: 'value',
  sense,
  goal: value,
});

/** A piece that was planted and stands in the text somewhere else is no invention. */
export function isNowhere(piece: string, text: string): boolean {
  const known = new Set(numbersIn(text).map(({ value }) => value));
  const numbers = numbersIn(piece);
  return numbers.length === 0 ? !text.includes(piece) : numbers.some(({ value }) => !known.has(value));
}
