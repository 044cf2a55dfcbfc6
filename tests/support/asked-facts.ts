import { join } from 'node:path';
import { rankPassages } from '../../core/answers/find-passages.ts';
import { readFile } from '../../core/files/read-file.ts';
import { reader } from './document-reader.ts';
import { type Fact, type FactFile, factFiles, factFolder, wrongOf } from './fact-files.ts';
import { type ReadParts, readParts } from './read-parts.ts';

export interface AskedFact {
  readonly file: FactFile;
  readonly fact: Fact;
  /** Which of the twenty of its file. */
  readonly number: number;
}

/** Every question once, each of a file of another kind than the one before: 120 for six worlds. */
export function askedFacts(): readonly AskedFact[] {
  const worlds = Map.groupBy(factFiles, ({ facts }) => facts[0]?.fact ?? '');
  return [...worlds.values()].flatMap((files) =>
    (files[0]?.facts ?? []).flatMap((_, index) => {
      const file = files[index % files.length];
      const fact = file?.facts[index];
      return file === undefined || fact === undefined ? [] : [{ file, fact, number: index + 1 }];
    }),
  );
}

type Read = Pick<ReadParts, 'text' | 'positions'>;
const read = new Map<string, Promise<Read>>();

/** PDFs in the reader's own process, which finds their character maps. */
function readWhole(name: string): Promise<Read> {
  const path = join(factFolder, name);
  return name.endsWith('.pdf') ? readFile(path, reader, new AbortController().signal, () => {}) : readParts(path);
}

/** At which rank the passage stands that holds the fact, from 1, and whether it is told at its place; null where none does. */
export async function rankOf({
  file,
  fact,
}: AskedFact): Promise<{ readonly rank: number; readonly atPlace: boolean } | null> {
  const known = read.get(file.file) ?? readWhole(file.file);
  read.set(file.file, known);
  const parts = await known;
  const language = file.language === 'zh' ? 'zh-CN' : 'en';
  const source = { text: parts.text, name: file.file, positions: parts.positions };
  const ranked = await rankPassages([source], fact.question, language);
  const said = plain(fact.fact);
  const at = ranked.findIndex(({ passage }) => plain(parts.text.slice(passage.start, passage.end)).includes(said));
  return at < 0 ? null : { rank: at + 1, atPlace: wrongOf(parts, fact) === null };
}

const plain = (text: string) => text.replaceAll(/\s+/g, '');
