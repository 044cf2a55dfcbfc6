import { join } from 'node:path';
import type { GroundingLabel } from '../contract/grounding.ts';
import { GroundingIndex } from '../core/grounding/ground.ts';
import { numbersIn } from '../core/grounding/numbers.ts';
import { checkout } from '../tests/support/beckon-app.ts';
import type { Goal } from './goals.ts';
import { measureByMeaning } from './grounding-by-meaning.ts';
import { type Case, type CorpusText, goal, isNowhere, ratesOf, readCorpus } from './grounding-corpus.ts';
import { formatTable, judge, type Measured, writeResults } from './results.ts';
import { longText } from './tools/long-text.ts';
import { commitName, machineName } from './tools/machine.ts';

/** `npm run bench:grounding`: precision and recall on the labelled sentences of tests/corpus/grounding, and its time. */

const longWords = 60_000;
/** Names that stand in none of the texts. In Chinese what tells the kind of place stays. */
const otherNames = {
  en: ['Brandolf', 'Quillmere', 'Marisol'],
  'zh-CN': ['孙立国', '吴丽娟', '曹伟'],
} as const;
const otherPlaces = ['云溪', '金沙', '北塘'] as const;
const kindOfPlace = /(?:医院|图书馆|公司|学校|大学|村|镇|县|市|路|牌)$/;

const texts = readCorpus<CorpusText>('texts');
const cases = await groundAll(texts.flatMap(expandCorpus));
report(cases);
const more = await groundAll(texts.flatMap(plantMore));
const byMeaning = await measureByMeaning(texts, cases, more);
const measured = [...judgeAll(cases, more, await timesOnLongText()), ...byMeaning];
const description = { at: new Date().toISOString(), commit: commitName(), machine: machineName() };
writeResults(join(checkout, 'bench', 'results'), 'grounding', measured, description);
console.log(`\n${formatTable(measured)}`);

/** The labelled sentences of a text: the true ones, and every false one made of them. */
function expandCorpus(source: CorpusText): readonly Omit<Case, 'label'>[] {
  const all: Omit<Case, 'label'>[] = source.invented.map((text) => ({
    source,
    kind: 'invention',
    text,
    planted: null,
  }));
  for (const { text, number, name, denied } of source.true) {
    all.push({ source, kind: 'true', text, planted: null });
    if (number !== undefined) all.push({ source, kind: 'number', ...swapped(text, number) });
    if (name !== undefined) all.push({ source, kind: 'name', ...swapped(text, name) });
    if (denied !== undefined) all.push({ source, kind: 'denial', text: denied, planted: null });
  }
  return all;
}

function swapped(
  text: string,
  [from, to]: readonly [string, string],
): { readonly text: string; readonly planted: string } {
  if (!text.includes(from)) throw new Error(`${from} does not stand in ${text}`);
  return { text: text.replace(from, to), planted: to };
}

/**
 * More edits of the true sentences, made by rule, for the one figure of planted pieces: each number in digits replaced by
 * the next three that stand nowhere in the text, each name that was swapped by hand replaced by three others.
 */
function plantMore(source: CorpusText): readonly Omit<Case, 'label'>[] {
  return source.true.flatMap(({ text, name }) => {
    const numbers = [...text.matchAll(/\d[\d,]*(?:\.\d+)?/g)].flatMap(({ 0: digits, index }) =>
      nextAbsent(Math.floor(Number(digits.replaceAll(',', ''))), source.text).map((other) => ({
        source,
        kind: 'number' as const,
        text: text.slice(0, index) + other + text.slice(index + digits.length),
        planted: other,
        at: index,
      })),
    );
    const [from = ''] = name ?? [];
    const kind = kindOfPlace.exec(from)?.[0];
    const others = kind === undefined ? otherNames[source.language] : otherPlaces.map((place) => place + kind);
    const names =
      name === undefined ? [] : others.map((to) => ({ ...swapped(text, [from, to]), source, kind: 'name' as const }));
    return [...numbers, ...names];
  });
}

function nextAbsent(value: number, text: string): readonly string[] {
  const absent: string[] = [];
  for (let next = value + 1; absent.length < 3; next += 1) {
    const standsThere = numbersIn(text).some((one) => one.value === String(next)) || text.includes(String(next));
    if (!standsThere) absent.push(String(next));
  }
  return absent;
}

async function groundAll(all: readonly Omit<Case, 'label'>[]): Promise<readonly Grounded[]> {
  const grounded: Grounded[] = [];
  for (const one of all) grounded.push(...(await groundCase(one)));
  return grounded;
}

/** Labelled by the product; a planted piece counts as found when what is marked covers part of it. */
async function groundCase(one: Omit<Case, 'label'>): Promise<readonly Grounded[]> {
  const index = await GroundingIndex.of([{ text: one.source.text, positions: null }], one.source.language);
  const [sentence] = await index.ground(one.text);
  if (sentence === undefined) return [];
  const at = one.at ?? (one.planted === null ? -1 : one.text.indexOf(one.planted));
  const plantedFound = sentence.unknown.some(({ start, end }) => start < at + (one.planted?.length ?? 0) && end > at);
  return [{ ...one, label: sentence.label, plantedFound }];
}

function report(all: readonly Case[]): void {
  for (const held of [false, true])
    for (const language of ['en', 'zh-CN'] as const) {
      const some = all.filter(({ source }) => source.held === held && source.language === language);
      const say = (label: GroundingLabel) => {
        const { precision, recall } = ratesOf(some, label);
        return `${label} precision ${precision.toFixed(0)} % recall ${recall.toFixed(0)} %`;
      };
      console.log(
        `${held ? 'held out' : 'development'}, ${language}, ${some.length} sentences: ${say('not-found')}; ${say('supported')}`,
      );
      for (const kind of ['true', 'number', 'name', 'denial', 'invention'] as const) {
        const ofKind = some.filter((one) => one.kind === kind);
        const count = (label: GroundingLabel) => ofKind.filter((one) => one.label === label).length;
        console.log(
          `  ${kind}: ${count('supported')} supported, ${count('weak')} weak, ${count('not-found')} not found`,
        );
      }
    }
  if (process.argv.includes('--wrong'))
    for (const { source, kind, text, label } of all)
      if (!source.held && (kind === 'true') !== (label === 'supported')) console.log(`${label} ${kind}: ${text}`);
}

type Grounded = Case & { readonly plantedFound: boolean };

function judgeAll(all: readonly Grounded[], more: readonly Grounded[], times: readonly number[]): readonly Measured[] {
  // A number that was put in and stands elsewhere in the text is not one that is nowhere.
  const planted = [...all, ...more].filter(
    ({ planted: piece, source }) => piece !== null && isNowhere(piece, source.text),
  );
  if (process.argv.includes('--wrong'))
    for (const { text } of planted.filter((one) => !one.plantedFound)) console.log(`planted, not marked: ${text}`);
  const found = (100 * planted.filter((one) => one.plantedFound).length) / planted.length;
  const subject = `${all.length} labelled sentences`;
  const figure = (which: Goal, value: number) => judge(which, { values: [value], floors: [100], subject });
  const both = ratesOf(all, 'not-found');
  const held = ratesOf(
    all.filter(({ source }) => source.held),
    'not-found',
  );
  return [
    figure(goal('G1', '"not found": precision', 'at-least', 90), both.precision),
    figure(goal('G1', '"not found": precision, texts held out', 'at-least', 90), held.precision),
    figure(goal('G2', '"not found": recall', 'at-least', 85), both.recall),
    figure(goal('G2', '"not found": recall, texts held out', 'at-least', 85), held.recall),
    {
      ...figure(goal('G3', 'numbers and names planted: marked', 'at-least', 99), found),
      subject: `${planted.length} planted pieces`,
    },
    judge(goal('G4', 'a sentence of a summary of 60,000 words, its share of the index too', 'at-most', 150, 'ms'), {
      values: times,
      floors: [0],
      subject: process.version,
    }),
  ];
}

async function timesOnLongText(): Promise<readonly number[]> {
  const text = longText(longWords, 1);
  const answer = 'The harbour master repaired the pump by the river. A teacher sold two letters at the market.';
  const times: number[] = [];
  for (let round = 0; round < 20; round += 1) {
    const startedAt = performance.now();
    const index = await GroundingIndex.of([{ text, positions: null }], 'en');
    const sentences = await index.ground(answer);
    times.push((performance.now() - startedAt) / sentences.length);
  }
  return times;
}
