import type { GroundedSentence } from '../contract/grounding.ts';
import { type Embed, groundByMeaning } from '../core/grounding/by-meaning.ts';
import { GroundingIndex } from '../core/grounding/ground.ts';
import { VectorCache } from '../core/grounding/vector-cache.ts';
import { LocalEmbeddings } from '../models/engine/local-embeddings.ts';
import { nodeExecutable, requireModel } from '../tests/support/beckon-app.ts';
import { engineEntry, testEmbeddingFile, testEmbeddingModel } from '../tests/support/embedding-model.ts';
import {
  type Case,
  type CorpusParaphrases,
  type CorpusText,
  goal,
  isNowhere,
  ratesOf,
  readCorpus,
} from './grounding-corpus.ts';
import { judge, type Measured } from './results.ts';
import { longText } from './tools/long-text.ts';

type Planted = Case & { readonly plantedFound: boolean };
type Sentence = GroundedSentence | undefined;

/** What words alone make of the same sentences is the floor of each figure. */
export async function measureByMeaning(
  texts: readonly CorpusText[],
  cases: readonly Planted[],
  more: readonly Planted[],
): Promise<readonly Measured[]> {
  const path = requireModel(testEmbeddingModel);
  const embeddings = new LocalEmbeddings({ node: nodeExecutable, entry: engineEntry, idleMs: 60_000, log: () => {} });
  const embed: Embed = (some) =>
    embeddings.embed(
      testEmbeddingFile(path),
      some.map((text) => text.normalize('NFKC')),
      AbortSignal.timeout(120_000),
    );
  try {
    const startedAt = performance.now();
    await embed(['ready']);
    console.log(
      `\nby meaning, ${testEmbeddingFile(path).name}: ready after ${Math.round(performance.now() - startedAt)} ms`,
    );
    const cached = new VectorCache().through('bench', embed);
    return [
      ...(await rates(cases, cached)),
      await planted(
        [...cases, ...more].filter(({ planted: piece, source }) => piece !== null && isNowhere(piece, source.text)),
        cached,
      ),
      ...(await paraphrases(texts, cached)),
      ...(await times(texts, embed)),
    ];
  } finally {
    embeddings.dispose();
  }
}

async function again({ text, language }: CorpusText, sentence: string, embed: Embed): Promise<Sentence> {
  const index = await GroundingIndex.of([{ text, positions: null }], language);
  return (await groundByMeaning(index, sentence, language, embed))?.[0];
}

async function rates(cases: readonly Planted[], embed: Embed): Promise<readonly Measured[]> {
  const lifted: Case[] = [];
  for (const one of cases) {
    const sentence = await again(one.source, one.text, embed);
    lifted.push({ ...one, label: sentence?.label ?? one.label });
    if (sentence !== undefined && sentence.label !== one.label && process.argv.includes('--wrong') && !one.source.held)
      console.log(`${one.label} -> ${sentence.label} ${one.kind}: ${one.text}`);
  }
  const figures: Measured[] = [];
  for (const label of ['not-found', 'supported'] as const)
    for (const held of [false, true]) {
      const of = (all: readonly Case[]) => ratesOf(held ? all.filter(({ source }) => source.held) : all, label);
      const [floor, value] = [of(cases), of(lifted)];
      const where = held ? ', texts held out' : '';
      const figure = (id: string, name: 'precision' | 'recall', least: number) =>
        judge(goal(id, `with meanings, "${label}": ${name}${where}`, 'at-least', least), {
          values: [value[name]],
          floors: [floor[name]],
          subject: `${cases.length} labelled sentences`,
        });
      figures.push(figure(label === 'not-found' ? 'G5' : 'G7', 'precision', 90));
      figures.push(figure(label === 'not-found' ? 'G6' : 'G7', 'recall', 85));
    }
  return figures;
}

async function planted(some: readonly Planted[], embed: Embed): Promise<Measured> {
  let found = 0;
  for (const one of some) {
    const sentence = await again(one.source, one.text, embed);
    const at = one.at ?? one.text.indexOf(one.planted ?? '');
    const end = at + (one.planted?.length ?? 0);
    const isMarked = sentence?.unknown.some((range) => range.start < end && range.end > at) === true;
    if (isMarked && sentence?.label === 'not-found') found += 1;
  }
  return judge(goal('G8', 'with meanings: planted numbers and names marked and not found', 'at-least', 99), {
    values: [(100 * found) / some.length],
    floors: [100],
    subject: `${some.length} planted pieces`,
  });
}

/** Sentences with few words of their text: how many of the true and of the false ones are told as found, in part or whole. */
async function paraphrases(texts: readonly CorpusText[], embed: Embed): Promise<readonly Measured[]> {
  const all: {
    readonly held: boolean;
    readonly language: string;
    readonly isTrue: boolean;
    words: boolean;
    meaning: boolean;
  }[] = [];
  for (const entry of readCorpus<CorpusParaphrases>('paraphrases')) {
    const source = texts.find(({ id }) => id === entry.id);
    if (source === undefined) throw new Error(`no text ${entry.id}`);
    const index = await GroundingIndex.of([{ text: source.text, positions: null }], source.language);
    for (const [isTrue, text] of [
      ...entry.true.map((one) => [true, one] as const),
      ...entry.false.map((one) => [false, one] as const),
    ]) {
      const sentence = await again(source, text, embed);
      const words = (await index.ground(text))[0]?.label !== 'not-found';
      const meaning = sentence !== undefined && sentence.label !== 'not-found';
      all.push({ held: source.held, language: source.language, isTrue, words, meaning });
      if (process.argv.includes('--wrong') && !source.held && meaning !== isTrue)
        console.log(`${isTrue ? 'true, not found' : 'false, lifted'}: ${text}`);
    }
  }
  const share = (some: readonly (typeof all)[number][], key: 'words' | 'meaning') =>
    (100 * some.filter((one) => one[key]).length) / some.length;
  for (const language of ['en', 'zh-CN'])
    for (const held of [false, true])
      for (const isTrue of [true, false]) {
        const some = all.filter((one) => one.language === language && one.held === held && one.isTrue === isTrue);
        console.log(
          `few shared words, ${language}, ${held ? 'held out' : 'development'}, ${isTrue ? 'true' : 'false'}: by words ${share(some, 'words').toFixed(0)} % told as found, with meanings ${share(some, 'meaning').toFixed(0)} % of ${some.length}`,
        );
      }
  const figure = (isTrue: boolean, held: boolean) => {
    const some = all.filter((one) => one.isTrue === isTrue && (!held || one.held));
    const name = `few shared words: ${isTrue ? 'true' : 'false'} ones told as found or in part${held ? ', texts held out' : ''}`;
    return judge(isTrue ? goal('G9', name, 'at-least', 40) : goal('G10', name, 'at-most', 15), {
      values: [share(some, 'meaning')],
      floors: [share(some, 'words')],
      subject: `${some.length} sentences`,
    });
  };
  return [figure(true, false), figure(true, true), figure(false, false), figure(false, true)];
}

/** Nothing is known from before: each time all sentences that are needed are read anew. */
async function times(texts: readonly CorpusText[], embed: Embed): Promise<readonly Measured[]> {
  const measure = async (text: string, language: 'en' | 'zh-CN', answer: readonly string[]) => {
    const startedAt = performance.now();
    const index = await GroundingIndex.of([{ text, positions: null }], language);
    await groundByMeaning(index, answer.join('\n'), language, new VectorCache().through('time', embed));
    return (performance.now() - startedAt) / answer.length;
  };
  const short: number[] = [];
  for (const entry of readCorpus<CorpusParaphrases>('paraphrases')) {
    const source = texts.find(({ id }) => id === entry.id);
    // What a summary is made of: mostly sentences that words settle.
    if (source !== undefined)
      short.push(
        await measure(source.text, source.language, [
          ...source.true.map(({ text }) => text),
          ...entry.true.slice(0, 2),
        ]),
      );
  }
  const long: number[] = [];
  const text = longText(60_000, 1);
  const answer = [
    'Someone in charge of the docks mended the machine.',
    'An instructor let two notes go for money.',
    'The clerk walked home.',
  ];
  for (let run = 0; run < 5; run += 1) long.push(await measure(text, 'en', answer));
  const figure = (name: string, values: readonly number[]) =>
    judge(goal('G11', name, 'at-most', 150, 'ms'), { values, floors: [0], subject: process.version });
  return [
    figure('with meanings: a sentence of a summary of a short text, nothing known from before', short),
    figure('with meanings: a sentence of a summary of 60,000 words, nothing known from before', long),
  ];
}
