import { join } from 'node:path';
import { GroundingIndex } from '../core/grounding/ground.ts';
import { checkout } from '../tests/support/beckon-app.ts';
import { numbersIn } from '../text/numerals.ts';
import type { Goal } from './goals.ts';
import { measureByMeaning } from './grounding-by-meaning.ts';
import { type Case, type CorpusText, goal, isNowhere, readCorpus } from './grounding-corpus.ts';
import { formatTable, judge, type Measured, writeResults } from './results.ts';
import { longText } from './tools/long-text.ts';
import { commitName, machineName } from './tools/machine.ts';

/**
 * `npm run bench:grounding`: whether what an answer is said to have that stands nowhere in its text was put in, and whether
 * what was put in is said; on our own examples (tests/corpus/grounding), and its time.
 */

const longWords = 60_000;
/** Names that stand in none of the texts. In Chinese what tells the kind of place stays. */
const otherNames = {
  en: ['Brandolf', 'Quillmere', 'Marisol'],
  'zh-CN': ['孙立国', '吴丽娟', '曹伟'],
} as const;
const otherPlaces = ['云溪', '金沙', '北塘'] as const;
const kindOfPlace = /(?:医院|图书馆|公司|学校|大学|村|镇|县|市|路|牌)$/;

const texts = readCorpus<CorpusText>('texts');
const cases = await lookUpAll(texts.flatMap(expandCorpus));
const more = await lookUpAll(texts.flatMap(plantMore));
report(cases);
const measured = [...judgeAll(cases, more, await timesOnLongText()), ...(await measureByMeaning(texts))];
const description = { at: new Date().toISOString(), commit: commitName(), machine: machineName() };
writeResults(join(checkout, 'bench', 'results'), 'grounding', measured, description);
console.log(`\n${formatTable(measured)}`);

/** The labelled sentences of a text: the true ones, and every false one made of them. */
function expandCorpus(source: CorpusText): readonly Case[] {
  const all: Case[] = source.invented.map((text) => ({
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
function plantMore(source: CorpusText): readonly Case[] {
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

type LookedUp = Case & {
  /** Pieces that were named, and how many of them are what was put in. */
  readonly named: readonly string[];
  readonly right: number;
};

async function lookUpAll(all: readonly Case[]): Promise<readonly LookedUp[]> {
  const lookedUp: LookedUp[] = [];
  for (const one of all) {
    const index = await GroundingIndex.of([{ text: one.source.text, positions: null }], one.source.language);
    const marks = (await index.lookUp(one.text)).flatMap(({ nowhere }) => nowhere);
    const at = one.at ?? (one.planted === null ? -1 : one.text.indexOf(one.planted));
    const right = marks.filter(({ start, end }) => at >= 0 && start < at + (one.planted?.length ?? 0) && end > at);
    lookedUp.push({ ...one, named: marks.map(({ start, end }) => one.text.slice(start, end)), right: right.length });
  }
  return lookedUp;
}

/** What was put in and stands nowhere else in the text. */
function isPlanted({ planted, source }: Case): boolean {
  return planted !== null && isNowhere(planted, source.text);
}

/** Of what is named in sentences whose words all stand in the text but for what was put in: the share that was put in. */
function precisionOf(all: readonly LookedUp[]): number {
  const known = all.filter((one) => one.kind === 'true' || isPlanted(one));
  const named = known.reduce((sum, one) => sum + one.named.length, 0);
  return (100 * known.reduce((sum, one) => sum + one.right, 0)) / named;
}

function recallOf(all: readonly LookedUp[]): number {
  const planted = all.filter(isPlanted);
  return (100 * planted.filter(({ right }) => right > 0).length) / planted.length;
}

function report(all: readonly LookedUp[]): void {
  for (const kind of ['true', 'number', 'name', 'denial', 'invention'] as const) {
    const some = all.filter((one) => one.kind === kind);
    const named = some.filter((one) => one.named.length > 0).length;
    console.log(`${kind}: something named in ${named} of ${some.length} sentences`);
  }
  if (!process.argv.includes('--wrong')) return;
  for (const one of all) {
    if (one.kind === 'true' && one.named.length > 0)
      console.log(`named in a true one: ${one.named.join(', ')}: ${one.text}`);
    if (isPlanted(one) && one.right === 0) console.log(`put in, not named: ${one.planted}: ${one.text}`);
  }
}

function judgeAll(
  cases: readonly LookedUp[],
  more: readonly LookedUp[],
  times: readonly number[],
): readonly Measured[] {
  const isHeld = ({ source }: Case) => source.held;
  const figure = (which: Goal, value: number, subject: string) =>
    judge(which, { values: [value], floors: [100], subject });
  const sentences = `${cases.length} sentences of our own examples`;
  const planted = [...cases, ...more].filter(isPlanted);
  return [
    figure(goal('G1', 'named as standing nowhere: put in', 'at-least', 90), precisionOf(cases), sentences),
    figure(
      goal('G1', 'named as standing nowhere: put in, texts held out', 'at-least', 90),
      precisionOf(cases.filter(isHeld)),
      sentences,
    ),
    figure(goal('G2', 'put in by hand: named', 'at-least', 85), recallOf(cases), sentences),
    figure(
      goal('G2', 'put in by hand: named, texts held out', 'at-least', 85),
      recallOf(cases.filter(isHeld)),
      sentences,
    ),
    figure(
      goal('G3', 'put in by hand or by rule: named', 'at-least', 99),
      recallOf(planted),
      `${planted.length} pieces`,
    ),
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
    const sentences = await index.lookUp(answer);
    times.push((performance.now() - startedAt) / sentences.length);
  }
  return times;
}
