import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from './beckon-app.ts';

const folder = join(checkout, 'tests', 'corpus', 'pictures', 'accuracy');

export interface JudgedPicture {
  readonly path: string;
  /** What stands in it, line by line. */
  readonly lines: readonly string[];
}

/** The pictures that reading is judged by, which were made before anything read them. */
export function judgedPictures(): readonly JudgedPicture[] {
  const texts = JSON.parse(readFileSync(join(folder, 'texts.json'), 'utf8')) as Record<string, { lines: string[] }>;
  return readdirSync(folder)
    .filter((name) => name.endsWith('.png'))
    .map((name) => ({
      path: join(folder, name),
      lines: texts[name.replace(/-(light|dark)-\dx\.png$/, '')]?.lines ?? [],
    }));
}

/** How many letters of a text would have to be put in, taken out or changed to get from what was read, and of how many. */
export function lettersWrong(written: string, read: string): { readonly wrong: number; readonly of: number } {
  const [one, other] = [written, read].map((text) => [...text.replaceAll(/\s+/g, '')]) as [string[], string[]];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of one.entries()) {
    const next = [index + 1];
    for (const [at, seen] of other.entries())
      next.push(Math.min((row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1, (row[at] ?? 0) + (letter === seen ? 0 : 1)));
    row = next;
  }
  return { wrong: row.at(-1) ?? 0, of: one.length };
}
